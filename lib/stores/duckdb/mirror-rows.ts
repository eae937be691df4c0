/** The rows of the mirror that a window and a filter let through, whatever their event: slices that differ in scope alone share them. */
import { byAttempt } from "./by-attempt.ts";
import type { Lexicon } from "./lexicon.ts";
import type { Mirror } from "./mirror.ts";
import { mirrorTest } from "./mirror-test.ts";
import { type Predicate, predicateKey } from "./predicate.ts";
import { rollupOf } from "./rollups.ts";
import { createRowList } from "./row-list.ts";
import { FRESH, LATER, MIXED } from "./schema.ts";

export interface FoundRows {
  /** Segments that lie in the window as a whole and of which the filter lets everything through: their FRESH rows are in no list. */
  readonly segments: readonly number[];
  /** FRESH and LATER, inside the window. */
  readonly inside: Uint32Array;
  /** MIXED, inside the window, ordered by attempt. */
  readonly mixed: Uint32Array;
  /** Over an end of the window. */
  readonly crossing: Uint32Array;
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
  const key = `${from} ${to} ${predicateKey(predicate)}`;
  const found = known.found.get(key) ?? scan(mirror, lexicon, predicate, from, to);
  if (found === undefined) return undefined;
  known.found.delete(key);
  known.found.set(key, found);
  for (const oldest of known.found.keys()) {
    if (known.found.size <= REMEMBERED) break;
    known.found.delete(oldest);
  }
  return found;
}

function scan(mirror: Mirror, lexicon: Lexicon, predicate: Predicate, from: number, to: number): FoundRows | undefined {
  if (predicate.is === "none") return { segments: [], inside: NO_ROWS, mixed: NO_ROWS, crossing: NO_ROWS };
  const test = mirrorTest(mirror, lexicon, predicate);
  if (test === undefined) return undefined;
  const { count, kind, firstMs, lastMs, of, blockFirst, blockLast, blockRows, segmentRows } = mirror;
  const { passes, and } = test;
  const passed = (row: number): boolean =>
    passes.from[of.from[row] ?? 0] === 1 &&
    passes.rule[of.rule[row] ?? 0] === 1 &&
    passes.port[of.port[row] ?? 0] === 1 &&
    passes.towards[of.towards[row] ?? 0] === 1 &&
    (and === undefined || and(row));
  const [inside, crossing, mixed] = [createRowList(), createRowList(), createRowList()];
  const scanBlock = (block: number): void => {
    const [earliest, latest] = [blockFirst[block] ?? 0, blockLast[block] ?? 0];
    if (latest < from || earliest >= to) return;
    const whole = earliest >= from && latest < to;
    const end = Math.min(count, (block + 1) * blockRows);
    for (let row = block * blockRows; row < end; row++) {
      if (!passed(row) || kind[row] === MIXED) continue;
      const first = firstMs[row] ?? 0;
      const last = lastMs[row] ?? 0;
      if (whole || (first >= from && last < to)) inside.push(row);
      else if (last >= from && first < to) crossing.push(row);
    }
  };
  const segments: number[] = [];
  const perSegment = segmentRows / blockRows;
  for (let segment = 0; segment * segmentRows < count; segment++) {
    const blocks = Array.from({ length: perSegment }, (_, index) => segment * perSegment + index);
    const full = (segment + 1) * segmentRows <= count;
    if (predicate.is === "all" && full && blocks.every((block) => (blockFirst[block] ?? 0) >= from && (blockLast[block] ?? 0) < to)) {
      segments.push(segment);
      for (const row of rollupOf(mirror, segment).later) inside.push(row);
    } else for (const block of blocks) scanBlock(block);
  }
  for (const row of mirror.mixedRows()) {
    const first = firstMs[row] ?? 0;
    const last = lastMs[row] ?? 0;
    if (last < from || first >= to || !passed(row)) continue;
    (first < from || last >= to ? crossing : mixed).push(row);
  }
  return { segments, inside: inside.rows(), mixed: mixed.rows(), crossing: crossing.rows() };
}

const NO_ROWS = new Uint32Array(0);

/** Those of the rows that the events let through, apart by how they count. */
export function sortRows(mirror: Mirror, { inside, mixed, crossing }: FoundRows, events: Uint8Array, from: number) {
  const { kind, firstMs, back } = mirror;
  const rulePasses = passingRules(mirror, events);
  const of = mirror.of.rule;
  const [fresh, later, odd] = [createRowList(), createRowList(), createRowList()];
  for (let index = 0; index < inside.length; index++) {
    const row = inside[index] ?? 0;
    if (rulePasses[of[row] ?? 0] !== 1) continue;
    const known = kind[row];
    if (known === FRESH) fresh.push(row);
    else if (known === LATER && (firstMs[row] ?? 0) - (back[row] ?? 0) >= from) later.push(row);
    else odd.push(row);
  }
  const passing = (rows: Uint32Array): Uint32Array => rows.filter((row) => rulePasses[of[row] ?? 0] === 1);
  return {
    fresh: fresh.rows(),
    later: later.rows(),
    odd: byAttempt(mirror.attempt, odd.rows()),
    mixed: passing(mixed),
    crossing: passing(crossing),
    rulePasses,
  };
}

/** Every rule aspect names its event: 1 where the events let it through. */
function passingRules(mirror: Mirror, events: Uint8Array): Uint8Array {
  const { values, width, size } = mirror.combinations.rule;
  const passes = new Uint8Array(size);
  for (let rule = 0; rule < size; rule++) passes[rule] = events[values[rule * width + width - 1] ?? 0] ?? 0;
  return passes;
}
