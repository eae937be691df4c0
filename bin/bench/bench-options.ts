/** What `npm run bench` was asked for. */
import { parseArgs } from "node:util";

export interface BenchOptions {
  readonly flows: number;
  /** Pairs of runs against each peer; 0 = peers are left out. */
  readonly pairs: number;
  /** How often each question is asked. */
  readonly repeats: number;
  readonly tenMillion: boolean;
  /** Where the results are written beside the terminal; empty = nowhere. */
  readonly document: string;
}

export const USAGE = `npm run bench [-- OPTIONS]

  --small         100,000 flows, about 300 MB in the temporary folder, a few minutes (the default)
  --full          1,000,000 flows, about 3 GB in the temporary folder; writes docs/benchmarks.md
  --ten-million   asks the questions at 10,000,000 flows too
  --flows N       so many flows
  --pairs N       pairs of runs against each peer (default 5); 0 leaves the peers out
  --repeats N     how often each question is asked (default 20)
  --out FILE      writes the results there, as Markdown
`;

const DOCUMENT = "docs/benchmarks.md";

/** Throws on options it does not know. */
export function readBenchOptions(args: readonly string[]): BenchOptions | "help" {
  const { values } = parseArgs({
    args: [...args],
    options: {
      small: { type: "boolean" },
      full: { type: "boolean" },
      "ten-million": { type: "boolean" },
      flows: { type: "string" },
      pairs: { type: "string" },
      repeats: { type: "string" },
      out: { type: "string" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) return "help";
  return {
    flows: numberOf("--flows", values.flows, values.full ? 1_000_000 : 100_000),
    pairs: numberOf("--pairs", values.pairs, 5),
    repeats: Math.max(1, numberOf("--repeats", values.repeats, 20)),
    tenMillion: values["ten-million"] === true,
    document: values.out ?? (values.full ? DOCUMENT : ""),
  };
}

function numberOf(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (!/^\d{1,9}$/.test(text)) throw new RangeError(`${name} is a whole number, not ${text}`);
  return Number(text);
}
