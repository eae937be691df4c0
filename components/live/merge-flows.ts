/** New rows into a list that is newest first: each once, in its place by time. */
import type { FlowRow } from "#lib/questions/answer.ts";

/** Lines of different nodes arrive out of order, but not by more rows than this. */
const LOOKED_AT = 5_000;

/** `rows` newest first; `fresh` in any order. Answers `rows` itself when nothing is new. */
export function mergeFlows(rows: readonly FlowRow[], fresh: readonly FlowRow[]): readonly FlowRow[] {
  const known = new Set<string>();
  for (let index = 0; index < Math.min(rows.length, LOOKED_AT); index++) known.add(rows[index]?.id ?? "");
  const young: FlowRow[] = [];
  for (const row of fresh) {
    if (known.has(row.id)) continue;
    known.add(row.id);
    young.push(row);
  }
  if (young.length === 0) return rows;
  young.sort(newestFirst);
  const merged: FlowRow[] = [];
  let at = 0;
  for (const row of young) {
    for (let old = rows[at]; old !== undefined && newestFirst(old, row) < 0; old = rows[at]) {
      merged.push(old);
      at += 1;
    }
    merged.push(row);
  }
  return merged.concat(rows.slice(at));
}

/** By time, then by id, as the store orders its pages. Times have nanoseconds only where there are some: compared padded. */
function newestFirst(a: FlowRow, b: FlowRow): number {
  const [one, other] = [sortable(a.time), sortable(b.time)];
  if (one !== other) return one < other ? 1 : -1;
  return a.id < b.id ? 1 : a.id > b.id ? -1 : 0;
}

function sortable(time: string): string {
  const seconds = time.slice(0, 19);
  return `${seconds}.${(/\.(\d{1,9})/.exec(time)?.[1] ?? "").padEnd(9, "0")}`;
}
