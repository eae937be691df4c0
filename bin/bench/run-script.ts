/** Runs one of the benchmark's own programs as a child, as a person would start it: nothing is warm. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** What the engine thread of the product has, too. */
const YOUNG_GENERATION = "--max-semi-space-size=32";

/** Resolves with what it printed; rejects when it fails. */
export function runScript(name: string, args: readonly string[]): Promise<string> {
  const script = fileURLToPath(new URL(name, import.meta.url));
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...process.execArgv, YOUNG_GENERATION, script, ...args], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let printed = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
    });
    child.once("error", reject);
    child.once("close", (code) => (code === 0 ? resolve(printed.trim()) : reject(new Error(`${name} ended with ${String(code)}`))));
  });
}
