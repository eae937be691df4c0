/** `npm start`: installs and builds what is missing, then runs Weir on its pinned Node. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ensureBuilt } from "./house/built.mjs";
import { ensureInstalled } from "./house/installed.mjs";
import { MEMORY_FLAGS } from "./house/memory-flags.mjs";
import { pinnedNode, toolEnv } from "./house/pinned-node.mjs";
import { root } from "./house/root.mjs";

const args = process.argv.slice(2);
const dev = args.includes("--dev");
const onlyTells = args.some((arg) => arg === "--help" || arg === "-h" || arg === "--version");
/** @param {string} text */
const say = (text) => void process.stderr.write(`${text}\n`);

if (!ensureInstalled(say)) process.exit(1);
const node = pinnedNode(say);
if (node === undefined) process.exit(1);
if (!dev && !onlyTells && !ensureBuilt(node, say)) process.exit(1);

const env = { ...toolEnv(node), NODE_ENV: dev ? "development" : "production" };
// the channel tells Weir when this process is gone, however it went
const weir = spawn(node, [...MEMORY_FLAGS, join(root, "lib/server/main.ts"), ...args], {
  env,
  stdio: ["inherit", "inherit", "inherit", "ipc"],
});
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) process.on(signal, () => weir.kill(signal));
// npm starts this through a shell that keeps signals to itself: when that shell or npm is gone, npm was told to stop
if (process.env.npm_lifecycle_event) {
  const parent = process.ppid;
  const grandparent = parentOf(parent);
  const watch = setInterval(() => {
    if (process.ppid === parent && parentOf(parent) === grandparent) return;
    clearInterval(watch);
    weir.kill("SIGTERM");
  }, 100);
}
weir.on("error", (error) => {
  say(`Weir did not start: ${error.message}`);
  process.exit(1);
});
weir.on("exit", (code, signal) => {
  if (signal === "SIGKILL") say("Weir was killed; out of memory is the usual reason. --memory lowers what the store takes.");
  process.exit(code ?? 1);
});

/** Undefined where the system does not tell. @param {number} pid @returns {string | undefined} */
function parentOf(pid) {
  try {
    return /\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, "utf8"))?.[1];
  } catch {
    return undefined;
  }
}
