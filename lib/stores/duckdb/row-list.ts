/** Row numbers in a typed array that grows. */
import { grown } from "./grow.ts";

export interface RowList {
  push(row: number): void;
  /** Room for so many more. */
  reserve(more: number): void;
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
    reserve: (more) => {
      rows = grown(rows, size + more, words);
    },
    // A copy where much room is left over: the list lives as long as the slice.
    rows: () => (rows.length > size * 1.5 ? rows.slice(0, size) : rows.subarray(0, size)),
  };
}
