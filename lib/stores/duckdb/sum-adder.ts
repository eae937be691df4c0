/** Adds up sessions, and sums made of them before, by the combinations of an aspect. */
import type { Aspect } from "./aspects.ts";
import type { RowColumns, RowLists } from "./row-lists.ts";
import type { AspectSums } from "./sums.ts";

/** What is added up per combination, side by side: one cache line each. */
const FIELDS = 8;
const [ATTEMPTS, PACKETS, BEGIN_MS, BEGIN_NS, END_MS, END_ROW, MET] = [0, 1, 2, 3, 4, 5, 6] as const;

/** Lent from one sum to the next, as large sums are made all the time; nothing is met in it in between. */
const scratch = { sums: new Float64Array(0), met: new Int32Array(0) };

export interface SummedAspect {
  /** More than every combination. */
  readonly size: number;
  readonly aspect: Aspect;
  readonly lots: readonly AspectSums[];
  /** Combinations of the lots that count, 1 or 0; undefined = all. */
  readonly passes: Uint8Array | undefined;
  readonly rows: readonly RowLists[];
  /** By row of the mirror, as row-lists.ts says. */
  readonly lastNs: Int32Array;
  readonly ordered: boolean;
}

/** Combinations ascend where that is asked for. */
export function sumAll({ size, aspect, lots, passes, rows, lastNs, ordered }: SummedAspect): AspectSums {
  if (scratch.met.length < size) {
    const room = Math.ceil(size * 1.25);
    scratch.sums = new Float64Array(room * FIELDS);
    scratch.met = new Int32Array(room);
  }
  const { sums, met } = scratch;
  let count = 0;
  for (const lot of lots) count = addLot(sums, met, count, lot, lastNs, passes);
  for (const { columns, fresh, later } of rows) {
    count = addRows(sums, met, count, columns, columns.of[aspect], fresh, 1);
    count = addRows(sums, met, count, columns, columns.of[aspect], later, 0);
  }
  const combination = met.slice(0, count);
  return collect(sums, ordered ? combination.sort() : combination, lastNs);
}

/** Room for a combination that is met for the first time. */
function meet(sums: Float64Array, at: number): void {
  sums[at + MET] = 1;
  sums[at + BEGIN_MS] = Number.POSITIVE_INFINITY;
  sums[at + END_MS] = Number.NEGATIVE_INFINITY;
}

/** This and addRows answer how many combinations are met then. */
function addLot(
  sums: Float64Array,
  met: Int32Array,
  before: number,
  lot: AspectSums,
  rowNs: Int32Array,
  passes: Uint8Array | undefined,
): number {
  const { combination, attempts, packets, firstMs, firstNs, lastMs, lastNs, lastRow } = lot;
  let count = before;
  for (let key = 0; key < lot.count; key++) {
    const one = combination[key] ?? 0;
    if (passes !== undefined && passes[one] !== 1) continue;
    const at = one * FIELDS;
    if (sums[at + MET] === 0) {
      met[count] = one;
      count += 1;
      meet(sums, at);
    }
    sums[at + ATTEMPTS] = (sums[at + ATTEMPTS] ?? 0) + (attempts[key] ?? 0);
    sums[at + PACKETS] = (sums[at + PACKETS] ?? 0) + (packets[key] ?? 0);
    const first = firstMs[key] ?? 0;
    const begin = sums[at + BEGIN_MS] ?? 0;
    if (first < begin || (first === begin && (firstNs[key] ?? 0) < (sums[at + BEGIN_NS] ?? 0))) {
      sums[at + BEGIN_MS] = first;
      sums[at + BEGIN_NS] = firstNs[key] ?? 0;
    }
    const last = lastMs[key] ?? 0;
    const end = sums[at + END_MS] ?? 0;
    if (last > end || (last === end && (lastNs[key] ?? 0) > (rowNs[sums[at + END_ROW] ?? 0] ?? 0))) {
      sums[at + END_MS] = last;
      sums[at + END_ROW] = lastRow?.[key] ?? 0;
    }
  }
  return count;
}

/** `weight`: what each row adds to the attempts. */
function addRows(
  sums: Float64Array,
  met: Int32Array,
  before: number,
  { firstMs, firstNs, lastMs, lastNs, packets, numbers }: RowColumns,
  of: Uint32Array,
  rows: Uint32Array,
  weight: number,
): number {
  let count = before;
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index] ?? 0;
    const one = of[row] ?? 0;
    const at = one * FIELDS;
    if (sums[at + MET] === 0) {
      met[count] = one;
      count += 1;
      meet(sums, at);
    }
    sums[at + ATTEMPTS] = (sums[at + ATTEMPTS] ?? 0) + weight;
    sums[at + PACKETS] = (sums[at + PACKETS] ?? 0) + (packets[row] ?? 0);
    const own = numbers === undefined ? row : (numbers[row] ?? 0);
    const first = firstMs[row] ?? 0;
    const begin = sums[at + BEGIN_MS] ?? 0;
    if (first < begin || (first === begin && (firstNs[own] ?? 0) < (sums[at + BEGIN_NS] ?? 0))) {
      sums[at + BEGIN_MS] = first;
      sums[at + BEGIN_NS] = firstNs[own] ?? 0;
    }
    const last = lastMs[row] ?? 0;
    const end = sums[at + END_MS] ?? 0;
    if (last > end || (last === end && (lastNs[own] ?? 0) > (lastNs[sums[at + END_ROW] ?? 0] ?? 0))) {
      sums[at + END_MS] = last;
      sums[at + END_ROW] = own;
    }
  }
  return count;
}

/** Takes what was met out of the sums. */
function collect(sums: Float64Array, combination: Int32Array, rowNs: Int32Array): AspectSums {
  const count = combination.length;
  const found = {
    count,
    combination,
    attempts: new Float64Array(count),
    packets: new Float64Array(count),
    firstMs: new Float64Array(count),
    firstNs: new Int32Array(count),
    lastMs: new Float64Array(count),
    lastNs: new Int32Array(count),
    lastRow: new Int32Array(count),
  };
  for (let key = 0; key < count; key++) {
    const at = (combination[key] ?? 0) * FIELDS;
    found.attempts[key] = sums[at + ATTEMPTS] ?? 0;
    found.packets[key] = sums[at + PACKETS] ?? 0;
    found.firstMs[key] = sums[at + BEGIN_MS] ?? 0;
    found.firstNs[key] = sums[at + BEGIN_NS] ?? 0;
    found.lastMs[key] = sums[at + END_MS] ?? 0;
    const row = sums[at + END_ROW] ?? 0;
    found.lastNs[key] = rowNs[row] ?? 0;
    found.lastRow[key] = row;
    // The other fields are set when a combination is met.
    sums[at + ATTEMPTS] = 0;
    sums[at + PACKETS] = 0;
    sums[at + MET] = 0;
  }
  return found;
}
