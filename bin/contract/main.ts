/** The stores' contract at its full length: one process per shape of table, as many at once as there are processors. */
import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { FLOW_SHAPES } from "#lib/stores/adx/adx-settings.ts";

const [flows = "20000", filters = "200"] = process.argv.slice(2);
const root = fileURLToPath(new URL("../../", import.meta.url));
const vitest = fileURLToPath(new URL("../../node_modules/vitest/vitest.mjs", import.meta.url));
const started = performance.now();
const waiting = [...FLOW_SHAPES];
const failed: string[] = [];

async function run(shape: string): Promise<void> {
  const env = { ...process.env, WEIR_CONTRACT_FLOWS: flows, WEIR_CONTRACT_FILTERS: filters, WEIR_CONTRACT_SHAPES: shape };
  const test = spawn(process.execPath, [vitest, "run", "lib/stores/adx/adx-store.contract.test.ts"], { cwd: root, env, stdio: "inherit" });
  const code = await new Promise((resolve) => test.once("exit", resolve));
  if (code !== 0) failed.push(shape);
}

async function work(): Promise<void> {
  for (let shape = waiting.shift(); shape !== undefined; shape = waiting.shift()) await run(shape);
}

await Promise.all(Array.from({ length: availableParallelism() }, work));
const seconds = Math.round((performance.now() - started) / 1000);
const shapes = FLOW_SHAPES.length - failed.length;
process.stdout.write(`${shapes} shapes alike, ${failed.length} not${failed.length > 0 ? ` (${failed.join(", ")})` : ""}, ${seconds} s\n`);
process.exit(failed.length === 0 ? 0 : 1);
