/**
 * Segments of the mirror summed once and for all, by the aspects that have few combinations: a question without a filter adds up sums instead
 * of sessions. A segment's sums are made when they are first needed and again when its sessions have changed their kind.
 */
import type { Mirror } from "./mirror.ts";
import { sumCombinations } from "./mirror-sums.ts";
import type { RolledAspect, Rollup, SegmentIndex } from "./rollup.ts";
import { keysOfAspect } from "./row-keys.ts";
import type { RowLists } from "./row-lists.ts";
import { FRESH, LATER } from "./schema.ts";

/** Of a segment that has all of its rows. */
export function rollupOf(mirror: Mirror, segment: number): Rollup {
  const known = mirror.rollups[segment];
  if (known) return known;
  const made = makeRollup(mirror, segment);
  mirror.rollups[segment] = made;
  return made;
}

/** FRESH rows of a segment, in order. */
export function freshRowsOf({ kind, segmentRows }: Mirror, segment: number): Uint32Array {
  return rowsOf(kind, segment * segmentRows, (segment + 1) * segmentRows, FRESH);
}

function makeRollup(mirror: Mirror, segment: number): Rollup {
  const { kind, segmentRows, blockRows, of, combinations } = mirror;
  const start = segment * segmentRows;
  const fresh = freshRowsOf(mirror, segment);
  const rows = { columns: mirror, fresh, later: new Uint32Array(0) };
  const { values, width, size } = combinations.rule;
  let events = 1;
  for (let rule = 0; rule < size; rule++) events = Math.max(events, (values[rule * width + width - 1] ?? 0) + 1);
  const perBlock = new Uint32Array((segmentRows / blockRows) * events);
  for (let index = 0; index < fresh.length; index++) {
    const row = fresh[index] ?? 0;
    const event = values[(of.rule[row] ?? 0) * width + width - 1] ?? 0;
    const at = Math.floor((row - start) / blockRows) * events + event;
    perBlock[at] = (perBlock[at] ?? 0) + 1;
  }
  return {
    sums: { rule: sumCombinations(rows, "rule"), port: sumCombinations(rows, "port"), from: sumCombinations(rows, "from") },
    index: { rule: indexOf(rows, start, "rule"), port: indexOf(rows, start, "port"), from: indexOf(rows, start, "from") },
    towards: keysOfAspect(rows, "towards").combination.slice(),
    perBlock,
    events,
    later: rowsOf(kind, start, start + segmentRows, LATER),
  };
}

function indexOf(lists: RowLists, start: number, aspect: RolledAspect): SegmentIndex {
  const { count, fresh: keys } = keysOfAspect(lists, aspect);
  const starts = new Uint32Array(count + 1);
  for (let at = 0; at < keys.length; at++) starts[(keys[at] ?? 0) + 1] = (starts[(keys[at] ?? 0) + 1] ?? 0) + 1;
  for (let key = 0; key < count; key++) starts[key + 1] = (starts[key + 1] ?? 0) + (starts[key] ?? 0);
  const next = starts.slice();
  const rows = new Uint16Array(keys.length);
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at] ?? 0;
    const place = next[key] ?? 0;
    rows[place] = (lists.fresh[at] ?? 0) - start;
    next[key] = place + 1;
  }
  return { starts, rows };
}

function rowsOf(kind: Uint8Array, from: number, to: number, wanted: number): Uint32Array {
  let size = 0;
  for (let row = from; row < to; row++) if (kind[row] === wanted) size += 1;
  const rows = new Uint32Array(size);
  let at = 0;
  for (let row = from; row < to; row++) {
    if (kind[row] !== wanted) continue;
    rows[at] = row;
    at += 1;
  }
  return rows;
}
