/** Sums of the mirror's rows in a slice, by numbers that rows have. */
import { grown } from "./grow.ts";
import { MIRROR_COLUMNS, nsOf, partIds } from "./mirror.ts";
import type { MirrorPlain } from "./mirror-slice.ts";
import { createNumberLists } from "./number-lists.ts";
import type { RawColumn } from "./read-columns.ts";

/** Sessions summed by some of their columns. */
export interface RawGroups {
  readonly count: number;
  /** One array per column asked for. */
  readonly keys: readonly RawColumn[];
  readonly attempts: Float64Array;
  readonly packets: Float64Array;
  readonly first: BigInt64Array | BigUint64Array;
  readonly last: BigInt64Array | BigUint64Array;
}

/** Pairs of ids up to so many are summed in arrays by index instead of by hash. */
const DIRECT_SLOTS = 8_000_000;

const SLOTS_PER_ROW = 8;

/** By one column, by a column and the event, or by any others. */
export function sumColumns(plain: MirrorPlain, columns: readonly string[]): RawGroups {
  const { mirror } = plain;
  const [name = "event", ...others] = columns;
  const column = MIRROR_COLUMNS.find((one) => one === name);
  const width = mirror.largest.event + 1;
  const height = (column ? mirror.largest[column] : 0) + 2;
  const byIndex = column !== undefined && (others.length === 0 || (others.length === 1 && others[0] === "event"));
  const rows = plain.fresh.length + plain.later.length;
  // A few rows are found faster by hash than arrays for all ids are made.
  if (!byIndex || width * height > Math.min(DIRECT_SLOTS, rows * SLOTS_PER_ROW))
    return sumMirror(
      plain,
      columns.map((one) => partIds(mirror, one)),
    );
  const { id, event, ...sums } = sumByIndex(plain, mirror.ids[column], width, height);
  return { ...sums, keys: others.length === 0 ? [event] : [id, event] };
}

/** What is summed per group, side by side: one cache line each. */
const FIELDS = 8;
const [ATTEMPTS, PACKETS, BEGIN_MS, BEGIN_NS, END_MS, END_NS, SEEN] = [0, 1, 2, 3, 4, 5, 6] as const;

/** Ports are -1 where there is none, so ids are moved up by one. */
function sumByIndex({ mirror, fresh, later }: MirrorPlain, ids: Int32Array, width: number, height: number) {
  const { firstMs, firstNs, lastMs, lastNs, packets } = mirror;
  const events = mirror.ids.event;
  const sums = new Float64Array(width * height * FIELDS);
  for (const rows of [fresh, later]) {
    const weight = rows === fresh ? 1 : 0;
    for (let index = 0; index < rows.length; index++) {
      const row = rows[index] ?? 0;
      const at = (((ids[row] ?? 0) + 1) * width + (events[row] ?? 0)) * FIELDS;
      const first = firstMs[row] ?? 0;
      const last = lastMs[row] ?? 0;
      const known = sums[at + SEEN] === 1;
      sums[at + ATTEMPTS] = (sums[at + ATTEMPTS] ?? 0) + weight;
      sums[at + PACKETS] = (sums[at + PACKETS] ?? 0) + (packets[row] ?? 0);
      const begin = sums[at + BEGIN_MS] ?? 0;
      if (!known || first < begin || (first === begin && (firstNs[row] ?? 0) < (sums[at + BEGIN_NS] ?? 0))) {
        sums[at + BEGIN_MS] = first;
        sums[at + BEGIN_NS] = firstNs[row] ?? 0;
      }
      const end = sums[at + END_MS] ?? 0;
      if (!known || last > end || (last === end && (lastNs[row] ?? 0) > (sums[at + END_NS] ?? 0))) {
        sums[at + END_MS] = last;
        sums[at + END_NS] = lastNs[row] ?? 0;
      }
      sums[at + SEEN] = 1;
    }
  }
  const used: number[] = [];
  for (let group = 0; group < width * height; group++) if (sums[group * FIELDS + SEEN] === 1) used.push(group);
  const field = (index: number): Float64Array => Float64Array.from(used, (group) => sums[group * FIELDS + index] ?? 0);
  return {
    count: used.length,
    id: Int32Array.from(used, (group) => Math.floor(group / width) - 1),
    event: Int32Array.from(used, (group) => group % width),
    attempts: field(ATTEMPTS),
    packets: field(PACKETS),
    first: timesOf(field(BEGIN_MS), field(BEGIN_NS)),
    last: timesOf(field(END_MS), field(END_NS)),
  };
}

function timesOf(ms: Float64Array, ns: Float64Array): BigInt64Array {
  const found = new BigInt64Array(ms.length);
  for (let index = 0; index < found.length; index++) found[index] = nsOf(ms[index] ?? 0, ns[index] ?? 0);
  return found;
}

/** `arrays`: a number per row of the mirror each; the keys of the groups are theirs. */
export function sumMirror({ mirror, fresh, later }: MirrorPlain, arrays: readonly Int32Array[]): RawGroups {
  const { firstMs, firstNs, lastMs, lastNs, packets } = mirror;
  const keyOf = keyMaker(arrays);
  let size = 0;
  let model = new Uint32Array(64);
  let attempts = new Float64Array(64);
  let sums = new Float64Array(64);
  let beginMs = new Float64Array(64);
  let beginNs = new Int32Array(64);
  let endMs = new Float64Array(64);
  let endNs = new Int32Array(64);
  const words = (length: number): Uint32Array<ArrayBuffer> => new Uint32Array(length);
  const floats = (length: number): Float64Array<ArrayBuffer> => new Float64Array(length);
  const ints = (length: number): Int32Array<ArrayBuffer> => new Int32Array(length);

  const start = (group: number, row: number): void => {
    if (group >= model.length) {
      model = grown(model, group + 1, words);
      attempts = grown(attempts, group + 1, floats);
      sums = grown(sums, group + 1, floats);
      beginMs = grown(beginMs, group + 1, floats);
      beginNs = grown(beginNs, group + 1, ints);
      endMs = grown(endMs, group + 1, floats);
      endNs = grown(endNs, group + 1, ints);
    }
    size = group + 1;
    model[group] = row;
    beginMs[group] = Number.POSITIVE_INFINITY;
    endMs[group] = Number.NEGATIVE_INFINITY;
  };
  const add = (rows: Uint32Array, weight: number): void => {
    for (let index = 0; index < rows.length; index++) {
      const row = rows[index] ?? 0;
      const group = keyOf(row);
      if (group >= size) start(group, row);
      attempts[group] = (attempts[group] ?? 0) + weight;
      sums[group] = (sums[group] ?? 0) + (packets[row] ?? 0);
      const first = firstMs[row] ?? 0;
      const begin = beginMs[group] ?? 0;
      if (first < begin || (first === begin && (firstNs[row] ?? 0) < (beginNs[group] ?? 0))) {
        beginMs[group] = first;
        beginNs[group] = firstNs[row] ?? 0;
      }
      const last = lastMs[row] ?? 0;
      const end = endMs[group] ?? 0;
      if (last > end || (last === end && (lastNs[row] ?? 0) > (endNs[group] ?? 0))) {
        endMs[group] = last;
        endNs[group] = lastNs[row] ?? 0;
      }
    }
  };
  add(fresh, 1);
  add(later, 0);
  const times = (ms: Float64Array, ns: Int32Array): BigInt64Array => {
    const found = new BigInt64Array(size);
    for (let group = 0; group < size; group++) found[group] = nsOf(ms[group] ?? 0, ns[group] ?? 0);
    return found;
  };
  return {
    count: size,
    keys: arrays.map((array) => Int32Array.from(model.subarray(0, size), (row) => array[row] ?? 0)),
    attempts,
    packets: sums,
    first: times(beginMs, beginNs),
    last: times(endMs, endNs),
  };
}

/** Numbers groups in the order in which they are met. */
function keyMaker(arrays: readonly Int32Array[]): (row: number) => number {
  const lists = createNumberLists();
  const scratch = new Int32Array(arrays.length);
  return (row) => {
    for (let index = 0; index < arrays.length; index++) scratch[index] = arrays[index]?.[row] ?? 0;
    return lists.idOf(scratch, arrays.length);
  };
}
