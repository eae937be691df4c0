/** Pieces of sessions inside a window, held in memory as columns: what is counted row by row because SQL sums alone would be wrong. */
import { splitInstants } from "./instant.ts";
import type { IdColumn } from "./predicate.ts";
import type { Columns } from "./read-columns.ts";

/** How a part counts towards attempts. */
export const COUNTS_ONE = 0;
/** Its attempt is counted by another part or by SQL. */
export const COUNTS_NOTHING = 1;
/** Once per attempt and group, whatever other parts of the attempt there are. */
export const COUNTS_DISTINCT = 2;

/** Ordered by attempt. */
export interface Parts {
  readonly count: number;
  readonly attempt: Uint32Array;
  readonly mode: Uint8Array;
  /** Inside the window: whole milliseconds since 1970, and nanoseconds beyond them. */
  readonly firstMs: Float64Array;
  readonly firstNs: Int32Array;
  readonly lastMs: Float64Array;
  readonly lastNs: Int32Array;
  readonly packets: Float64Array;
  /** Session ids. */
  readonly session: Uint32Array;
  readonly ids: { readonly [C in PartColumn]: Int32Array };
}

export const PART_COLUMNS = [
  "sender",
  "place",
  "event",
  "policies",
  "node",
  "sip",
  "sport",
  "dport",
  "frame",
  "detail",
] as const satisfies readonly IdColumn[];
export type PartColumn = (typeof PART_COLUMNS)[number];

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** A column of zeros for each. */
export function emptyIds(count: number): Parts["ids"] {
  const ints = (): Int32Array => new Int32Array(count);
  return {
    sender: ints(),
    place: ints(),
    event: ints(),
    policies: ints(),
    node: ints(),
    sip: ints(),
    sport: ints(),
    dport: ints(),
    frame: ints(),
    detail: ints(),
  };
}

export function emptyParts(count: number): Mutable<Parts> {
  const ints = (): Int32Array => new Int32Array(count);
  return {
    count,
    attempt: new Uint32Array(count),
    mode: new Uint8Array(count),
    firstMs: new Float64Array(count),
    firstNs: ints(),
    lastMs: new Float64Array(count),
    lastNs: ints(),
    packets: new Float64Array(count),
    session: new Uint32Array(count),
    ids: emptyIds(count),
  };
}

export const NO_PARTS: Parts = emptyParts(0);

/** Columns of a statement that ends in PART_SELECT's order. */
export const PART_SELECT = `s.attempt, s.kind, s.first, s.last, s.packets::DOUBLE, s.id, ${PART_COLUMNS.map((name) => `s."${name}"`).join(", ")}`;

/** Columns that PART_SELECT selects; the next one has this index. */
export const PART_WIDTH = 6 + PART_COLUMNS.length;

/** Reads PART_SELECT, ordered by attempt; `modeOf` gives the mode of a row. */
export function readParts(found: Columns, modeOf: (row: number, kind: number) => number): Parts {
  const parts = emptyParts(found.count);
  const kinds = found.ints(1);
  parts.attempt.set(found.ints(0));
  for (let row = 0; row < found.count; row++) parts.mode[row] = modeOf(row, kinds[row] ?? 0);
  const [first, last] = [splitInstants(found.bigs(2)), splitInstants(found.bigs(3))];
  parts.firstMs.set(first.ms);
  parts.firstNs.set(first.ns);
  parts.lastMs.set(last.ms);
  parts.lastNs.set(last.ns);
  parts.packets.set(found.floats(4));
  parts.session.set(found.ints(5));
  for (const [index, name] of PART_COLUMNS.entries()) parts.ids[name].set(found.ints(6 + index));
  return parts;
}

/** Columns of rows and parts alike. */
const SHARED = ["attempt", "firstMs", "firstNs", "lastMs", "lastNs", "packets", "session"] as const;

/** What parts are picked from. */
export type PartSource = { readonly [C in (typeof SHARED)[number]]: Numbers };

type Numbers = Uint32Array | Int32Array | Float64Array | Uint8Array;

/** All but the mode and the ids. */
export function pickShared(from: PartSource, rows: ArrayLike<number>): ReturnType<typeof emptyParts> {
  const picked = emptyParts(rows.length);
  for (const name of SHARED) pick(from[name], rows, picked[name]);
  return picked;
}

export function pickParts(parts: Parts, rows: ArrayLike<number>): Parts {
  const picked = pickShared(parts, rows);
  pick(parts.mode, rows, picked.mode);
  for (const name of PART_COLUMNS) pick(parts.ids[name], rows, picked.ids[name]);
  return picked;
}

function pick(from: Numbers, rows: ArrayLike<number>, to: Numbers): void {
  for (let at = 0; at < rows.length; at++) to[at] = from[rows[at] ?? 0] ?? 0;
}

/** Both lists in one, ordered by attempt as each of them is. */
export function mergeParts(one: Parts, other: Parts): Parts {
  if (other.count === 0) return one;
  if (one.count === 0) return other;
  const both = emptyParts(one.count + other.count);
  const join = (left: Numbers, right: Numbers, to: Numbers): void => {
    to.set(left);
    to.set(right, left.length);
  };
  for (const name of SHARED) join(one[name], other[name], both[name]);
  join(one.mode, other.mode, both.mode);
  for (const name of PART_COLUMNS) join(one.ids[name], other.ids[name], both.ids[name]);
  const order = new Int32Array(both.count);
  let [left, right] = [0, 0];
  for (let at = 0; at < order.length; at++) {
    const fromOne = right >= other.count || (left < one.count && (one.attempt[left] ?? 0) <= (other.attempt[right] ?? 0));
    order[at] = fromOne ? left++ : one.count + right++;
  }
  return pickParts(both, order);
}
