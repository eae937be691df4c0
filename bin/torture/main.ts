/** `npm run torture`: hostile lines by the million, and kill -9 in the middle of reading. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { fuzzDecoder } from "#lib/decode/fuzz-decoder.ts";
import { tortureStore } from "./torture-store.ts";

interface Size {
  readonly lines: number;
  readonly linesAtOnce: number;
  readonly kills: number;
  readonly flows: number;
}

const WHOLE: Size = { lines: 1_000_000, linesAtOnce: 50_000, kills: 50, flows: 30_000 };
const SHORT: Size = { lines: 3000, linesAtOnce: 1000, kills: 3, flows: 1500 };
const USAGE = `npm run torture [-- --short] [-- --seed N]

  --short    ${SHORT.lines.toLocaleString("en")} lines and ${SHORT.kills} kills instead of ${WHOLE.lines.toLocaleString("en")} and ${WHOLE.kills}
  --seed N   other lines, other points; 1 by default
`;

const { values } = parseArgs({
  options: { short: { type: "boolean" }, seed: { type: "string", default: "1" }, help: { type: "boolean", short: "h" } },
});
if (values.help) process.stdout.write(USAGE);
else await torture(values.short ? SHORT : WHOLE, Math.trunc(Number(values.seed)) || 1);

async function torture(size: Size, seed: number): Promise<void> {
  let passed = 0;
  let failed = 0;
  const onCheck = (name: string, wrong: readonly string[]): void => {
    if (wrong.length === 0) passed++;
    else failed++;
    say(`${wrong.length === 0 ? "ok    " : "FAILED"} ${name}`);
    for (const what of wrong) say(`       ${what}`);
  };
  for (let from = 0; from < size.lines; from += size.linesAtOnce) {
    const report = fuzzDecoder(size.linesAtOnce, seed + from);
    const { flows, notices, agent, rejected } = report;
    onCheck(
      `${(from + size.linesAtOnce).toLocaleString("en")} hostile lines: ${flows} flows, ${notices} notices, ${agent} agent, ${rejected} rejected`,
      report.failures,
    );
  }
  const folder = mkdtempSync(join(tmpdir(), "weir-torture-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));
  await tortureStore({ folder, kills: size.kills, flows: size.flows, seed, onCheck });
  say(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
