/** Runs one of our own TypeScript programs on the pinned Node, after installing what is missing. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { ensureInstalled } from "./installed.mjs";
import { MEMORY_FLAGS } from "./memory-flags.mjs";
import { pinnedNode, toolEnv } from "./pinned-node.mjs";
import { root } from "./root.mjs";

/** @param {string} program path from the root */
export function runTool(program) {
  /** @param {string} text */
  const say = (text) => void process.stderr.write(`${text}\n`);
  const node = ensureInstalled(say) ? pinnedNode(say) : undefined;
  if (node === undefined) process.exit(1);
  const tool = spawn(node, ["--expose-gc", ...MEMORY_FLAGS, join(root, program), ...process.argv.slice(2)], {
    cwd: root,
    env: toolEnv(node),
    stdio: "inherit",
  });
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) process.on(signal, () => tool.kill(signal));
  tool.on("exit", (code) => process.exit(code ?? 1));
}
