/** The rows of the mirror that a window and a filter let through, whatever their event: slices that differ in scope alone share them. */
import { takeAlike } from "./alike-rows.ts";
import type { Aspect } from "./aspects.ts";
import { byAttempt } from "./by-attempt.ts";
import type { Lexicon } from "./lexicon.ts";
import type { Mirror } from "./mirror.ts";
import { type MirrorTest, mirrorTest } from "./mirror-test.ts";
import { type Predicate, predicateKey } from "./predicate.ts";
import type { Rollup } from "./rollup.ts";
import { rollupOf } from "./rollups.ts";
import { createRowList, keepPassing, type RowList } from "./row-list.ts";
import { type RowColumns, type RowLists, sideBySide } from "./row-lists.ts";
import { FRESH, LATER } from "./schema.ts";
import { countingUp, createScratch } from "./scratch.ts";
import { type WideRows, wideRows } from "./wide-rows.ts";

export interface FoundRows {
  /** First millisecond of the window. */
  readonly from: number;
  /** Segments that lie in the window as a whole and of which the filter lets everything through: their FRESH rows are in no list. */
  readonly segments: readonly number[];
  /** What the filter lets through of segments summed together that lie in the window as a whole; in no other list but `odd`. */
  readonly wide: readonly WideRows[];
  /** Each is one attempt. */
  readonly fresh: Uint32Array;
  /** Rows of attempts that another row counts. */
  readonly later: Uint32Array;
  /** The same of `mixed()`, by place there. */
  readonly mixedFresh: Uint32Array;
  readonly mixedLater: Uint32Array;
  /** Inside the window, to be counted with their attempt at hand, and ordered by it: by place in `mixed()`, and rows. */
  readonly mixed: Uint32Array;
  readonly odd: Uint32Array;
  /** Over an end of the window. */
  readonly crossing: Uint32Array;
  /** All of the fresh and the later ones, those of `wide` too. */
  lists(): readonly RowLists[];
}

interface Remembered {
  version: bigint;
  readonly found: Map<string, FoundRows>;
}

const REMEMBERED = 6;
const remembered = new WeakMap<Mirror, Remembered>();

/** `from` <= time < `to` in milliseconds. Undefined where the filter reads a column that the mirror does not have. */
export function findRows(mirror: Mirror, lexicon: Lexicon, predicate: Predicate, from: number, to: number): FoundRows | undefined {
  const known = remembered.get(mirror) ?? { version: mirror.version, found: new Map<string, FoundRows>() };
  remembered.set(mirror, known);
  if (known.version !== mirror.version) {
    known.version = mirror.version;
    known.found.clear();
  }
  const filter = predicateKey(predicate);
  const key = `${from} ${to} ${filter}`;
  const found = known.found.get(key) ?? scan(mirror, lexicon, predicate, filter, from, to);
  if (found === undefined) return undefined;
  known.found.delete(key);
  known.found.set(key, found);
  for (const oldest of known.found.keys()) {
    if (known.found.size <= REMEMBERED) break;
    known.found.delete(oldest);
  }
  return found;
}

const room = createScratch((length) => new Uint32Array(length));

interface Lists {
  readonly fresh: RowList;
  readonly later: RowList;
  readonly odd: RowList;
  readonly crossing: RowList;
}

interface Scan {
  readonly mirror: Mirror;
  readonly test: MirrorTest;
  readonly from: number;
  readonly to: number;
  readonly lists: Lists;
  /** Room for the rows of a segment. */
  readonly room: Uint32Array;
}

function scan(mirror: Mirror, lexicon: Lexicon, predicate: Predicate, filter: string, from: number, to: number): FoundRows | undefined {
  const test = mirrorTest(mirror, lexicon, predicate);
  if (test === undefined) return undefined;
  const one: Scan = { mirror, test, from, to, lists: emptyLists(), room: new Uint32Array(mirror.segmentRows) };
  const { lists } = one;
  const segments: number[] = [];
  const wide: WideRows[] = [];
  const whole = wholeSegments(mirror, from, to);
  let narrowest: Aspect | "blocks" | undefined;
  for (let segment = 0; segment < whole.length && predicate.is !== "none"; segment++) {
    if (whole[segment] === 0) scanBlocks(one, segment);
    else if (predicate.is === "all") {
      segments.push(segment);
      takeLater(one, rollupOf(mirror, segment));
    } else {
      narrowest ??= narrowestOf(mirror, test, rollupOf(mirror, segment));
      if (narrowest === "blocks") scanBlocks(one, segment);
      else if (segment % mirror.wideSegments === 0 && isWhole(whole, segment, mirror.wideSegments)) {
        wide.push(takeWide(one, filter, segment / mirror.wideSegments, narrowest));
        segment += mirror.wideSegments - 1;
      } else scanIndex(one, segment, narrowest);
    }
  }
  const inside = predicate.is === "none" ? NO_ROWS : scanMixed(one);
  const over = lists.crossing.rows();
  const attempts = new Set(Array.from(over, (row) => mirror.attempt[row] ?? 0));
  const alike = takeAlike(mirror.mixed(), inside, attempts);
  const found = { wide, from, fresh: lists.fresh.rows(), later: lists.later.rows(), ...alike };
  return { segments, ...found, crossing: over, odd: byAttempt(mirror.attempt, lists.odd.rows()), lists: listsOnce(mirror, found) };
}

function emptyLists(): Lists {
  return { fresh: createRowList(), later: createRowList(), odd: createRowList(), crossing: createRowList() };
}

/** By segment, the last one too that is not full: 1 where all of its rows are inside the window. */
function wholeSegments({ count, segmentRows, blockRows, blockFirst, blockLast }: Mirror, from: number, to: number): Uint8Array {
  const whole = new Uint8Array(Math.ceil(count / segmentRows)).fill(1);
  const perSegment = segmentRows / blockRows;
  for (let segment = 0; segment < whole.length; segment++) {
    if ((segment + 1) * segmentRows > count) whole[segment] = 0;
    for (let block = segment * perSegment; block < (segment + 1) * perSegment; block++)
      if ((blockFirst[block] ?? 0) < from || (blockLast[block] ?? 0) >= to) whole[segment] = 0;
  }
  return whole;
}

function isWhole(whole: Uint8Array, segment: number, wideSegments: number): boolean {
  if (segment + wideSegments > whole.length) return false;
  for (let at = segment; at < segment + wideSegments; at++) if (whole[at] === 0) return false;
  return true;
}

/** Rows whose attempt began before the window are odd. */
function takeWide(one: Scan, filter: string, wide: number, aspect: Aspect): WideRows {
  const { mirror, from, lists } = one;
  const rows = wideRows(mirror, filter, wide, () => {
    // Whenever the window begins.
    const all: Scan = { ...one, from: Number.NEGATIVE_INFINITY, lists: emptyLists() };
    const { wideSegments } = mirror;
    for (let segment = wide * wideSegments; segment < (wide + 1) * wideSegments; segment++) scanIndex(all, segment, aspect);
    return { fresh: all.lists.fresh.rows(), later: all.lists.later.rows() };
  });
  const odd = rows.begunBefore(from);
  lists.odd.pushAll(odd, odd.length);
  return rows;
}

export type ListedRows = Pick<FoundRows, "wide" | "from" | "fresh" | "later" | "mixedFresh" | "mixedLater">;

export function listsOnce(mirror: Mirror, found: ListedRows): FoundRows["lists"] {
  let made: readonly RowLists[] | undefined;
  return () => {
    made ??= [
      ...found.wide.map((rows) => rows.lists(found.from)),
      sideBySide(mirror, found.fresh, found.later),
      { columns: mirror.mixed().columns, fresh: found.mixedFresh, later: found.mixedLater },
    ];
    return made;
  };
}

const NO_ROWS = new Uint32Array(0);

/** Those of `mixed()`, by place, that lie inside the window; the others that the window touches are crossing. */
function scanMixed({ mirror, test, from, to, lists }: Scan): Uint32Array {
  const { firstMs, lastMs, of, numbers } = mirror.mixed().columns;
  const places = room.lend(numbers.length);
  places.set(countingUp(numbers.length));
  const inside = createRowList();
  const passing = keepTested(places, numbers.length, of, test);
  for (let index = 0; index < passing; index++) {
    const at = places[index] ?? 0;
    const row = numbers[at] ?? 0;
    const first = firstMs[at] ?? 0;
    const last = lastMs[at] ?? 0;
    if (last < from || first >= to || (test.and !== undefined && !test.and(row))) continue;
    if (first < from || last >= to) lists.crossing.push(row);
    else inside.push(at);
  }
  return inside.rows();
}

/** Moves rows that the aspects let through to the front; answers how many there are. */
function keepTested(rows: Uint32Array, length: number, of: RowColumns["of"], { tested, passes }: MirrorTest): number {
  let kept = length;
  for (const aspect of tested) kept = keepPassing(rows, kept, of[aspect], passes[aspect]);
  return kept;
}

function scanBlocks(one: Scan, segment: number): void {
  const perSegment = one.mirror.segmentRows / one.mirror.blockRows;
  for (let block = segment * perSegment; block < (segment + 1) * perSegment; block++) scanBlock(one, block);
}

/** FRESH and LATER rows of a block. */
function scanBlock({ mirror, test, from, to, lists, room }: Scan, block: number): void {
  const { count, kind, firstMs, lastMs, blockFirst, blockLast, blockRows } = mirror;
  const earliest = blockFirst[block] ?? 0;
  const latest = blockLast[block] ?? 0;
  if (latest < from || earliest >= to) return;
  const whole = earliest >= from && latest < to;
  const end = Math.min(count, (block + 1) * blockRows);
  let length = 0;
  for (let row = block * blockRows; row < end; row++) {
    room[length] = row;
    if (kind[row] === FRESH || kind[row] === LATER) length += 1;
  }
  length = keepTested(room, length, mirror.of, test);
  for (let index = 0; index < length; index++) {
    const row = room[index] ?? 0;
    if (test.and !== undefined && !test.and(row)) continue;
    const first = firstMs[row] ?? 0;
    const last = lastMs[row] ?? 0;
    if (whole || (first >= from && last < to)) takeInside(mirror, row, from, lists);
    else if (last >= from && first < to) lists.crossing.push(row);
  }
}

function takeInside({ kind, firstMs, back }: Mirror, row: number, from: number, { fresh, later, odd }: Lists): void {
  if (kind[row] === FRESH) fresh.push(row);
  else if (kind[row] === LATER && (firstMs[row] ?? 0) - (back[row] ?? 0) >= from) later.push(row);
  else odd.push(row);
}

function takeLater({ mirror, test, from, lists }: Scan, rollup: Rollup): void {
  const rows = rollup.later.slice();
  const length = keepTested(rows, rows.length, mirror.of, test);
  for (let index = 0; index < length; index++) {
    const row = rows[index] ?? 0;
    if (test.and === undefined || test.and(row)) takeInside(mirror, row, from, lists);
  }
}

/** Of a segment that lies in the window as a whole: only rows whose combination of the aspect passes are looked at. */
function scanIndex(scan: Scan, segment: number, aspect: Aspect): void {
  const { mirror, test, lists, room } = scan;
  const rollup = rollupOf(mirror, segment);
  const { combination } = rollup.sums[aspect];
  const { starts, rows } = rollup.index[aspect];
  const passing = test.passes[aspect];
  const start = segment * mirror.segmentRows;
  // A bit per row, so that the rows come out in their own order: what is read of them then lies in order too.
  const bits = new Uint32Array(Math.ceil(mirror.segmentRows / 32));
  for (let key = 0; key < combination.length; key++) {
    if (passing[combination[key] ?? 0] !== 1) continue;
    const end = starts[key + 1] ?? 0;
    for (let at = starts[key] ?? 0; at < end; at++) {
      const row = rows[at] ?? 0;
      bits[row >>> 5] = (bits[row >>> 5] ?? 0) | (1 << (row & 31));
    }
  }
  let length = 0;
  for (let word = 0; word < bits.length; word++) {
    for (let left = bits[word] ?? 0; left !== 0; left &= left - 1) {
      room[length] = start + word * 32 + (31 - Math.clz32(left & -left));
      length += 1;
    }
  }
  for (const other of test.tested) if (other !== aspect) length = keepPassing(room, length, mirror.of[other], test.passes[other]);
  if (test.and === undefined) lists.fresh.pushAll(room, length);
  else for (let index = 0; index < length; index++) if (test.and(room[index] ?? 0)) lists.fresh.push(room[index] ?? 0);
  takeLater(scan, rollup);
}

/** The aspect by which the fewest rows of a segment pass; "blocks" where most of them do. */
function narrowestOf(mirror: Mirror, test: MirrorTest, rollup: Rollup): Aspect | "blocks" {
  let best: Aspect | "blocks" = "blocks";
  let least = mirror.segmentRows / 2;
  for (const aspect of test.tested) {
    const { combination, attempts } = rollup.sums[aspect];
    const passing = test.passes[aspect];
    let rows = 0;
    for (let at = 0; at < combination.length; at++) if (passing[combination[at] ?? 0] === 1) rows += attempts[at] ?? 0;
    if (rows >= least) continue;
    best = aspect;
    least = rows;
  }
  return best;
}
