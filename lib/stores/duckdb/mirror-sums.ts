/** Sums of the mirror's rows in a slice: by the combinations of one aspect, or by keys made of several. */
import type { RowKeys } from "./row-keys.ts";
import type { RowColumns, RowLists } from "./row-lists.ts";
import { createScratch } from "./scratch.ts";
import { type Sums, UNKNOWN_ROW } from "./sums.ts";

/** What is summed per key, side by side: one cache line each. */
const FIELDS = 8;
const [ATTEMPTS, PACKETS, BEGIN_MS, BEGIN_ROW, END_MS, END_ROW, TIED] = [0, 1, 2, 3, 4, 5, 6] as const;

const room = createScratch((length) => new Float64Array(length));

/** Rows of the mirror by their own numbers. `ties`: whether two rows that end at the same instant leave the last row unknown. */
export function sumRows({ columns, fresh, later }: RowLists, keys: RowKeys, ties: boolean): Sums {
  const length = FIELDS * keys.count;
  const sums = room.lend(length).fill(0, 0, length);
  for (let at = 0; at < length; at += FIELDS) {
    sums[at + BEGIN_MS] = Number.POSITIVE_INFINITY;
    sums[at + END_MS] = Number.NEGATIVE_INFINITY;
  }
  addRows(sums, columns, fresh, keys.fresh, 1);
  addRows(sums, columns, later, keys.later, 0);
  return spread(columns, sums, keys.count, ties);
}

/** `weight`: what each row adds to the attempts. */
function addRows(sums: Float64Array, columns: RowColumns, rows: Uint32Array, keys: Int32Array, weight: number): void {
  const { firstMs, firstNs, lastMs, lastNs, packets } = columns;
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index] ?? 0;
    const at = (keys[index] ?? 0) * FIELDS;
    sums[at + ATTEMPTS] = (sums[at + ATTEMPTS] ?? 0) + weight;
    sums[at + PACKETS] = (sums[at + PACKETS] ?? 0) + (packets[row] ?? 0);
    const first = firstMs[row] ?? 0;
    const begin = sums[at + BEGIN_MS] ?? 0;
    if (first < begin) {
      sums[at + BEGIN_MS] = first;
      sums[at + BEGIN_ROW] = row;
    } else if (first === begin && (firstNs[row] ?? 0) < (firstNs[sums[at + BEGIN_ROW] ?? 0] ?? 0)) sums[at + BEGIN_ROW] = row;
    const last = lastMs[row] ?? 0;
    const end = sums[at + END_MS] ?? 0;
    if (last > end) {
      sums[at + END_MS] = last;
      sums[at + END_ROW] = row;
      sums[at + TIED] = 0;
    } else if (last === end) {
      const apart = (lastNs[row] ?? 0) - (lastNs[sums[at + END_ROW] ?? 0] ?? 0);
      if (apart > 0) sums[at + END_ROW] = row;
      if (apart >= 0) sums[at + TIED] = apart === 0 ? 1 : 0;
    }
  }
}

function spread({ firstNs, lastNs }: RowColumns, sums: Float64Array, count: number, ties: boolean): Sums {
  const lastRow = new Int32Array(count);
  const found = {
    count,
    attempts: new Float64Array(count),
    packets: new Float64Array(count),
    firstMs: new Float64Array(count),
    firstNs: new Int32Array(count),
    lastMs: new Float64Array(count),
    lastNs: new Int32Array(count),
    lastRow,
  };
  for (let key = 0; key < count; key++) {
    const at = key * FIELDS;
    const begin = sums[at + BEGIN_ROW] ?? 0;
    const end = sums[at + END_ROW] ?? 0;
    found.attempts[key] = sums[at + ATTEMPTS] ?? 0;
    found.packets[key] = sums[at + PACKETS] ?? 0;
    found.firstMs[key] = sums[at + BEGIN_MS] ?? 0;
    found.firstNs[key] = firstNs[begin] ?? 0;
    found.lastMs[key] = sums[at + END_MS] ?? 0;
    found.lastNs[key] = lastNs[end] ?? 0;
    lastRow[key] = ties && sums[at + TIED] === 1 ? UNKNOWN_ROW : end;
  }
  return found;
}
