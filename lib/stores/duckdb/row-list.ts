/** Row numbers in a typed array that grows. */
import { grown } from "./grow.ts";

export interface RowList {
  push(row: number): void;
  /** The first `length` of them. */
  pushAll(more: Uint32Array, length: number): void;
  /** All so far; the list is not added to afterwards. */
  rows(): Uint32Array;
}

const words = (length: number): Uint32Array => new Uint32Array(length);

export function createRowList(): RowList {
  let rows = words(0);
  let size = 0;
  return {
    push: (row) => {
      if (size >= rows.length) rows = grown(rows, size + 1, words);
      rows[size] = row;
      size += 1;
    },
    pushAll: (more, length) => {
      rows = grown(rows, size + length, words);
      rows.set(more.subarray(0, length), size);
      size += length;
    },
    // A copy where much room is left over: the list lives as long as the slice.
    rows: () => (rows.length > size * 1.5 ? rows.slice(0, size) : rows.subarray(0, size)),
  };
}

/** Moves rows whose combination passes to the front, as far as the first `length` go; answers how many there are. */
export function keepPassing(rows: Uint32Array, length: number, of: Uint32Array, passes: Uint8Array): number {
  let kept = 0;
  for (let index = 0; index < length; index++) {
    const row = rows[index] ?? 0;
    rows[kept] = row;
    if (passes[of[row] ?? 0] === 1) kept += 1;
  }
  return kept;
}
