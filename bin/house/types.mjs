/** Next's types of the routes, then the type check of everything. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { root } from "./root.mjs";

for (const [tool, ...args] of [
  ["node_modules/next/dist/bin/next", "typegen"],
  ["node_modules/typescript/bin/tsc", "--noEmit"],
]) {
  const done = spawnSync(process.execPath, [join(root, tool ?? ""), ...args], { cwd: root, stdio: ["ignore", 1, 2] });
  if (done.status !== 0) process.exit(1);
}
