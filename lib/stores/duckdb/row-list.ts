/** Row numbers in a typed array that grows. */
import { grown } from "./grow.ts";

export interface RowList {
  push(row: number): void;
  /** The first `length` of them. */
  pushAll(more: Uint32Array, length: number): void;
  /** All of them, once; the list is not used afterwards. */
  rows(): Uint32Array;
}

const words = (length: number): Uint32Array<ArrayBuffer> => new Uint32Array(length);

/** Arrays of lists that are done, for those that begin. */
const spare: Uint32Array<ArrayBuffer>[] = [];
const SPARES = 8;

export function createRowList(): RowList {
  let rows = spare.pop() ?? words(1024);
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
    // A copy: it lives as long as the slice, and has no room left over.
    rows: () => {
      const all = rows.slice(0, size);
      if (spare.length < SPARES) spare.push(rows);
      rows = words(0);
      return all;
    },
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
