/** The Node that Weir runs on: the pinned one of node_modules, else the host's when it is new enough. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { root } from "./root.mjs";

/** From here on Node reads TypeScript without a flag. */
const ENOUGH = [22, 18];

/** @param {(text: string) => void} say @returns {string | undefined} path of the binary */
export function pinnedNode(say) {
  const pinned = join(root, "node_modules/.bin", process.platform === "win32" ? "node.exe" : "node");
  if (existsSync(pinned) && spawnSync(pinned, ["-v"], { stdio: "ignore" }).status === 0) return pinned;
  const host = process.versions.node;
  const [major = 0, minor = 0] = host.split(".").map(Number);
  if (major > ENOUGH[0] || (major === ENOUGH[0] && minor >= ENOUGH[1])) {
    say(`The pinned Node is not installed (install scripts may be switched off); using this machine's Node ${host}.`);
    return process.execPath;
  }
  say(
    `The pinned Node is not installed (install scripts may be switched off), and this machine's Node ${host} is too old: ` +
      `${ENOUGH.join(".")} is needed. Run "npm rebuild node --ignore-scripts=false", or start with a newer Node.`,
  );
  return undefined;
}

/** Node keeps compiled code (types already stripped) here: the second start costs 40 % less processor time. */
const COMPILE_CACHE = join(root, "node_modules/.cache/weir");

/** The environment in which every tool of node_modules finds that Node first. @param {string} node */
export function toolEnv(node) {
  const path = [join(root, "node_modules/.bin"), join(node, ".."), process.env.PATH ?? ""].join(delimiter);
  return { ...process.env, PATH: path, NEXT_TELEMETRY_DISABLED: "1", NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? COMPILE_CACHE };
}
