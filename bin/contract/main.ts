/** The stores' contract at its full length: the filters shared out among as many processes as there are processors. */
import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { FLOW_SHAPES } from "#lib/stores/adx/adx-settings.ts";

const [flows = "20000", filters = "200"] = process.argv.slice(2);
const root = fileURLToPath(new URL("../../", import.meta.url));
const vitest = fileURLToPath(new URL("../../node_modules/vitest/vitest.mjs", import.meta.url));
const started = performance.now();
const parts = Math.min(availableParallelism(), 8);

async function isAlike(part: number): Promise<boolean> {
  const share = { WEIR_CONTRACT_FLOWS: flows, WEIR_CONTRACT_FILTERS: filters, WEIR_CONTRACT_PART: `${part}/${parts}` };
  const test = spawn(process.execPath, [vitest, "run", "lib/stores/adx/adx-store.contract.test.ts"], {
    cwd: root,
    env: { ...process.env, ...share },
    stdio: "inherit",
  });
  return (await new Promise((resolve) => test.once("exit", resolve))) === 0;
}

const alike = await Promise.all(Array.from({ length: parts }, (_, part) => isAlike(part)));
const seconds = Math.round((performance.now() - started) / 1000);
const failed = alike.filter((one) => !one).length;
process.stdout.write(
  `${filters} filters over ${flows} flows in ${FLOW_SHAPES.length} shapes: ${failed === 0 ? "alike" : `not alike in ${failed} of ${parts} parts`}, ${seconds} s\n`,
);
process.exit(failed === 0 ? 0 : 1);
