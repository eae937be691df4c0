/**
 * Segments of the mirror summed once and for all, by the combinations of each aspect: a question without a filter adds up sums instead of
 * sessions. A segment's sums are made when they are first needed and again when its sessions have changed their kind; several segments together
 * are summed when a question first covers them all.
 */
import type { Aspect } from "./aspects.ts";
import type { Mirror } from "./mirror.ts";
import { sumRows } from "./mirror-sums.ts";
import type { Rolled, Rollup, SegmentIndex } from "./rollup.ts";
import type { RowLists } from "./row-lists.ts";
import { FRESH, LATER } from "./schema.ts";
import { createScratch } from "./scratch.ts";
import { sumAll } from "./sum-adder.ts";
import type { AspectSums } from "./sums.ts";

/** Of a segment that has all of its rows. */
export function rollupOf(mirror: Mirror, segment: number): Rollup {
  const known = mirror.rollups[segment];
  if (known) return known;
  const made = makeRollup(mirror, segment);
  mirror.rollups[segment] = made;
  return made;
}

/** Makes what is known of all segments that are full, where it is not made yet; `from`: the first that may lack it. Answers the next one. */
export function rollUp(mirror: Mirror, from: number): number {
  const full = Math.floor(mirror.count / mirror.segmentRows);
  for (let segment = from; segment < full; segment++) {
    rollupOf(mirror, segment);
    if ((segment + 1) % mirror.wideSegments === 0) wideOf(mirror, (segment + 1) / mirror.wideSegments - 1);
  }
  return Math.max(from, full);
}

/** What sums up the segments, each once; they ascend. */
export function rolledOf(mirror: Mirror, segments: readonly number[]): readonly Rolled[] {
  const found: Rolled[] = [];
  const { wideSegments: wide } = mirror;
  for (let at = 0; at < segments.length; ) {
    const segment = segments[at] ?? 0;
    const isWide = segment % wide === 0 && segments[at + wide - 1] === segment + wide - 1;
    found.push(isWide ? wideOf(mirror, segment / wide) : rollupOf(mirror, segment));
    at += isWide ? wide : 1;
  }
  return found;
}

/** FRESH rows of a segment, in order. */
export function freshRowsOf({ kind, segmentRows }: Mirror, segment: number): Uint32Array {
  return rowsOf(kind, segment * segmentRows, (segment + 1) * segmentRows, FRESH);
}

/** Of segments summed together that all have their rows. */
export function wideOf(mirror: Mirror, wide: number): Rolled {
  const known = mirror.wide[wide];
  if (known) return known;
  const parts = Array.from({ length: mirror.wideSegments }, (_, index) => rollupOf(mirror, wide * mirror.wideSegments + index));
  const sumOf = (aspect: Aspect): AspectSums =>
    sumAll({
      size: mirror.combinations[aspect].size,
      aspect,
      lots: parts.map((part) => part.sums[aspect]),
      passes: undefined,
      rows: [],
      lastNs: mirror.lastNs,
      ordered: true,
    });
  const made = { sums: { rule: sumOf("rule"), port: sumOf("port"), from: sumOf("from"), towards: sumOf("towards") } };
  mirror.wide[wide] = made;
  return made;
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
  const [rule, port] = [sumSegment(rows, start, "rule"), sumSegment(rows, start, "port")];
  const [from, towards] = [sumSegment(rows, start, "from"), sumSegment(rows, start, "towards")];
  return {
    sums: { rule: rule.sums, port: port.sums, from: from.sums, towards: towards.sums },
    index: { rule: rule.index, port: port.index, from: from.index, towards: towards.index },
    perBlock,
    events,
    later: rowsOf(kind, start, start + segmentRows, LATER),
  };
}

/** 1 + the place of a combination in the segment at hand; all 0 in between. */
let placeOf = new Int32Array(0);
const metRoom = createScratch((length) => new Int32Array(length));
const keyRoom = createScratch((length) => new Int32Array(length));

function sumSegment(lists: RowLists, start: number, aspect: Aspect): { readonly sums: AspectSums; readonly index: SegmentIndex } {
  const { columns, fresh } = lists;
  const of = columns.of[aspect];
  const { size } = columns.combinations[aspect];
  if (placeOf.length < size) placeOf = new Int32Array(Math.ceil(size * 1.25));
  const met = metRoom.lend(fresh.length);
  let count = 0;
  for (let at = 0; at < fresh.length; at++) {
    const one = of[fresh[at] ?? 0] ?? 0;
    if (placeOf[one] !== 0) continue;
    placeOf[one] = 1;
    met[count] = one;
    count += 1;
  }
  const combination = met.slice(0, count).sort();
  for (let place = 0; place < count; place++) placeOf[combination[place] ?? 0] = place + 1;
  const keys = keyRoom.lend(fresh.length);
  const starts = new Uint32Array(count + 1);
  for (let at = 0; at < fresh.length; at++) {
    const place = placeOf[of[fresh[at] ?? 0] ?? 0] ?? 0;
    keys[at] = place - 1;
    starts[place] = (starts[place] ?? 0) + 1;
  }
  for (let place = 0; place < count; place++) {
    starts[place + 1] = (starts[place + 1] ?? 0) + (starts[place] ?? 0);
    placeOf[combination[place] ?? 0] = 0;
  }
  const next = starts.slice();
  const rows = new Uint16Array(fresh.length);
  for (let at = 0; at < fresh.length; at++) {
    const key = keys[at] ?? 0;
    const place = next[key] ?? 0;
    rows[place] = (fresh[at] ?? 0) - start;
    next[key] = place + 1;
  }
  const sums = sumRows(lists, { count, fresh: keys, later: new Int32Array(0) }, false);
  return { sums: { ...sums, combination }, index: { starts, rows } };
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
