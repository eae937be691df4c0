/** The results as Markdown. */
import { cpus, totalmem } from "node:os";
import { type Figure, verdictOf } from "./figure.ts";

const ABOUT = `# Benchmarks

Written by \`npm run bench\`; do not edit by hand. The log is made up, the same on every machine: blocked egress of 2,000 pods on 50 nodes
to 50,000 destinations over 24 hours, 14-25 labels an endpoint, a fifth of the lines the agent's own, one flow line in 50,000 cut short.

Runs are interleaved (Weir, peer, Weir, peer, ...), a time is the median, a ratio the median of the pairwise ratios; on a busy machine the
ratios are what to rely on. A file is read twice in a row by each, and the second run counts: a virtual machine loses memory that nothing
touched for a minute, and the first run pays for getting it back (its ratio stands in brackets). Questions are written p50 / p95, and every turn asks about another window, so that no
answer is remembered. The rows that a filter let through are, while they stay the same (a window moves on, a filter stays): "another namespace at
every turn" is what a filter costs that was not asked before. Peers:

- **jq**: \`jq -R 'fromjson?'\` extracting twelve fields, output thrown away. It stores nothing.
- **DuckDB's reader**: \`CREATE TABLE AS SELECT ... FROM read_json(...)\` into text columns, labels kept, two threads. It keeps no line.
- **Text columns**: the same questions in plain SQL on that table. At 10,000,000 rows it is the table of the smaller log, multiplied.
- **zstd**: level 3 over the flow lines alone, which answers no question.
`;

const TOO_BUSY =
  "**More work waited than there are cores: these figures say how a crowded machine behaved and little about Weir. Run it again on a quiet one before quoting any.**";

export interface Conditions {
  readonly date: Date;
  /** What followed `npm run bench -- `. */
  readonly args: string;
  readonly minutes: number;
  readonly load: number;
  readonly pairs: number;
  readonly repeats: number;
}

export function documentOf(figures: readonly Figure[], conditions: Conditions): string {
  const rows = figures.map((figure) => [figure.what, figure.weir, figure.peer, figure.ratio, figure.goal, verdictOf(figure)]);
  const table = [["What", "Weir", "Peer", "Ratio", "Goal", ""], Array.from({ length: 6 }, () => "---"), ...rows];
  return [ABOUT, ...machine(conditions), "", ...table.map((row) => `| ${row.join(" | ")} |`), "", missedWords(figures), ""].join("\n");
}

function machine({ date, args, minutes, load, pairs, repeats }: Conditions): string[] {
  const [first] = cpus();
  return [
    `## Results of \`npm run bench -- ${args}\``,
    "",
    `${date.toISOString().slice(0, 10)}, ${first?.model ?? "unknown processor"}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}, ${process.platform}.`,
    `${pairs} pairs a peer, ${repeats} repeats a question, ${minutes.toFixed(0)} minutes in all. Load average at the start: ${load.toFixed(1)}${load > 1 ? ", so other work ran beside it" : ""}.`,
    ...(load > cpus().length ? [TOO_BUSY] : []),
  ];
}

function missedWords(figures: readonly Figure[]): string {
  const missed = figures.filter(({ met }) => met === false);
  if (missed.length === 0) return "Every goal was met.";
  return `Missed: ${missed.map(({ what, goal }) => `${what} (goal ${goal})`).join("; ")}.`;
}
