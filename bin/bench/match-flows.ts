/** Decodes generated lines and holds the flows against each filter, block by block in turn. Run as `node match-flows.ts FLOWS`; prints MatchResult as JSON. */
import { createDecoder } from "#lib/decode/decoder.ts";
import { compileFilter } from "#lib/filters/compile-filter.ts";
import type { Flow } from "#lib/flows/flow.ts";
import { benchLines, generateLines } from "./generate-lines.ts";
import { MATCH_FILTERS } from "./match-filters.ts";
import { median } from "./measure.ts";

/** Processor time in milliseconds; the ratio is the median of those of the blocks. */
export interface MatchResult {
  readonly flows: number;
  readonly decodeMs: number;
  readonly filters: readonly { readonly name: string; readonly ms: number; readonly ratio: number; readonly matched: number }[];
}

const BLOCK = 10_000;

const flowsAsked = Number(process.argv[2]);
if (!Number.isSafeInteger(flowsAsked)) throw new Error("usage: match-flows.ts FLOWS");

const decoder = createDecoder();
const compiled = MATCH_FILTERS.map(({ name, filter }) => {
  const one = compileFilter(filter);
  if (one.problem) throw new Error(`${name}: ${one.problem.reason}`);
  return { name, one, ms: 0, matched: 0, ratios: [] as number[] };
});
let flows = 0;
let decodeMs = 0;
let block: string[] = [];
for (const line of generateLines(benchLines(flowsAsked))) {
  block.push(line);
  if (block.length < BLOCK) continue;
  measureBlock(block);
  block = [];
}
measureBlock(block);
const result: MatchResult = {
  flows,
  decodeMs,
  filters: compiled.map(({ name, ms, matched, ratios }) => ({ name, ms, matched, ratio: median(ratios) })),
};
console.log(JSON.stringify(result));

function measureBlock(lines: readonly string[]): void {
  const decoded: Flow[] = [];
  const spent = cpuMs(() => {
    for (const line of lines) {
      const one = decoder.decode(line, { fallbackTime: undefined });
      if (one.is === "flow") decoded.push(one.flow);
    }
  });
  flows += decoded.length;
  decodeMs += spent;
  for (const filter of compiled) {
    let matched = 0;
    const ms = cpuMs(() => {
      for (const flow of decoded) if (filter.one.matches(flow)) matched += 1;
    });
    filter.ms += ms;
    filter.matched += matched;
    if (spent > 0) filter.ratios.push(ms / spent);
  }
}

/** Of the whole process, so that memory which one part leaves behind is paid for by somebody. */
function cpuMs(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}
