/** The peer every engineer has: `jq -R 'fromjson?'`, which survives damaged lines, extracting what a table would need. */
import { spawn, spawnSync } from "node:child_process";

const PROGRAM =
  "fromjson? | .flow | select(.) | [.time, .uuid, .verdict, .drop_reason_desc, .IP.source, .IP.destination, .l4, .source.namespace, .source.pod_name, .source.labels, .destination.labels, .node_name]";

export function hasJq(): boolean {
  return spawnSync("jq", ["--version"], { stdio: "ignore" }).status === 0;
}

/** Resolves when jq has read the whole file; what it prints is thrown away. */
export function runJq(file: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn("jq", ["-cR", PROGRAM, file], { stdio: ["ignore", "ignore", "inherit"] });
    child.once("error", reject);
    child.once("exit", (code) => (code === 0 ? resolve() : reject(new Error(`jq ended with ${String(code)}`))));
  });
}
