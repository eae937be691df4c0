/** A walk through flows held in memory. */
import { lineOf } from "#lib/decode/line-text.ts";
import type { ResolvedWindow } from "#lib/questions/window.ts";
import type { FlowScan, StoredLine } from "#lib/stores/flow-scan.ts";
import type { MemoryLog } from "./memory-log.ts";

const STRETCH = 2_000;
const NS_PER_MS = 1_000_000n;

export function scanOf(log: MemoryLog, window: ResolvedWindow): FlowScan {
  const [from, to] = [BigInt(window.from) * NS_PER_MS, BigInt(window.to) * NS_PER_MS];
  const lines = [...log.records()]
    .filter(({ flow: { time } }) => time >= from && time < to)
    .map(({ flow }): StoredLine => ({ line: lineOf(flow.parts), time: flow.time }))
    .sort((a, b) => (a.time < b.time ? 1 : a.time > b.time ? -1 : 0));
  let at = 0;
  return {
    total: lines.length,
    next: async () => {
      if (at >= lines.length) return undefined;
      let end = Math.min(at + STRETCH, lines.length);
      // flows of one instant stay together, so that a stretch ends between two instants
      while (end < lines.length && lines[end]?.time === lines[end - 1]?.time) end += 1;
      const stretch = lines.slice(at, end);
      at = end;
      const oldest = stretch.at(-1)?.time ?? from;
      return { lines: stretch, from: end >= lines.length ? window.from : Number((oldest + NS_PER_MS - 1n) / NS_PER_MS) };
    },
  };
}
