/** `npm run vectors -- DIR`: runs every file of vectors in a directory and prints where Weir and Cilium disagree. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { disagreements, type Verdict } from "./vector-kind.ts";
import { VECTOR_KINDS } from "./vector-kinds.ts";

const OWN = "lib/filters/fixtures/cilium-1.17";
const SHOWN = 200;
const USAGE = `npm run vectors [-- DIR]

  DIR   a directory with flows.jsonl and any of ${VECTOR_KINDS.map(({ file }) => file).join(", ")}; ours by default

Prints every case whose outcome differs, and exits with 1 if there is any.
`;

const { values, positionals } = parseArgs({ allowPositionals: true, options: { help: { type: "boolean", short: "h" } } });
if (values.help) process.stdout.write(USAGE);
else runAll(positionals[0] ?? OWN);

function runAll(directory: string): void {
  const kinds = VECTOR_KINDS.filter(({ file }) => existsSync(join(directory, file)));
  if (kinds.length === 0) say(`${directory} holds none of ${VECTOR_KINDS.map(({ file }) => file).join(", ")}`);
  const counts = kinds.map((kind) => report(kind.file, kind.run(directory)));
  process.exitCode = kinds.length > 0 && counts.every((wrong) => wrong === 0) ? 0 : 1;
}

/** How many disagree. */
function report(file: string, verdicts: readonly Verdict[]): number {
  const wrong = disagreements(verdicts);
  say(`${file}: ${verdicts.length - wrong.length} of ${verdicts.length} agree`);
  for (const { id, expected, actual } of wrong) {
    say(`  ${id}`);
    say(`    Cilium: ${shown(expected)}`);
    say(`    Weir:   ${shown(actual)}`);
  }
  return wrong.length;
}

function shown(outcome: string): string {
  if (outcome === "") return "(no event)";
  return outcome.length > SHOWN ? `${outcome.slice(0, SHOWN)}…` : outcome;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
