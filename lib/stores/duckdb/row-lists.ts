/** Rows of a slice and their columns: the mirror's own, or copies side by side where the rows are few and lie far apart. */
import type { Aspect } from "./aspects.ts";
import type { Combinations } from "./combinations.ts";
import { countingUp } from "./scratch.ts";
import type { AspectSums } from "./sums.ts";

export interface RowColumns {
  readonly of: { readonly [A in Aspect]: Uint32Array };
  readonly combinations: { readonly [A in Aspect]: Combinations };
  readonly firstMs: Float64Array;
  readonly lastMs: Float64Array;
  readonly packets: Float64Array;
  /** Which row of the mirror each is, where that is not its own number. */
  readonly numbers?: Uint32Array;
  /** Nanoseconds beyond the milliseconds, by row of the mirror: only where milliseconds are equal are they looked at. */
  readonly firstNs: Int32Array;
  readonly lastNs: Int32Array;
}

/** Each row of `fresh` is one attempt, those of `later` belong to attempts among them. */
export interface RowLists {
  readonly columns: RowColumns;
  /** Numbers of rows in the columns. */
  readonly fresh: Uint32Array;
  readonly later: Uint32Array;
  /** Where they are asked for again and again: their sums by the combinations of an aspect, made once. */
  readonly sums?: (aspect: Aspect) => AspectSums;
}

/** Up to so many rows are copied, 44 bytes each: every question of a page reads them again, and memory is read by the line. */
const MOST_COPIED = 600_000;

export function sideBySide(columns: RowColumns, fresh: Uint32Array, later: Uint32Array): RowLists {
  const count = fresh.length + later.length;
  if (count > MOST_COPIED) return { columns, fresh, later };
  const rows = new Uint32Array(count);
  rows.set(fresh);
  rows.set(later, fresh.length);
  const own = countingUp(count);
  return { columns: copiedColumns(columns, rows), fresh: own.subarray(0, fresh.length), later: own.subarray(fresh.length) };
}

/** `columns`: a mirror's own. Each is copied when it is first read: what only counts reasons reads few of them. */
export function copiedColumns(columns: RowColumns, rows: Uint32Array): RowColumns & { readonly numbers: Uint32Array } {
  const words = (aspect: Aspect): (() => Uint32Array) => once(() => copyWords(columns.of[aspect], rows));
  const [rule, port, from, towards] = [words("rule"), words("port"), words("from"), words("towards")];
  const firstMs = once(() => copyFloats(columns.firstMs, rows));
  const lastMs = once(() => copyFloats(columns.lastMs, rows));
  const packets = once(() => copyFloats(columns.packets, rows));
  return {
    of: {
      get rule() {
        return rule();
      },
      get port() {
        return port();
      },
      get from() {
        return from();
      },
      get towards() {
        return towards();
      },
    },
    get firstMs() {
      return firstMs();
    },
    get lastMs() {
      return lastMs();
    },
    get packets() {
      return packets();
    },
    combinations: columns.combinations,
    numbers: rows,
    // Asked for each time: the mirror's own arrays are replaced when it grows.
    get firstNs() {
      return columns.firstNs;
    },
    get lastNs() {
      return columns.lastNs;
    },
  };
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

// One function for each kind of array: the compiler makes slower code for a loop that meets both.
function copyWords(from: Uint32Array, rows: Uint32Array): Uint32Array {
  const to = new Uint32Array(rows.length);
  for (let at = 0; at < rows.length; at++) to[at] = from[rows[at] ?? 0] ?? 0;
  return to;
}

function copyFloats(from: Float64Array, rows: Uint32Array): Float64Array {
  const to = new Float64Array(rows.length);
  for (let at = 0; at < rows.length; at++) to[at] = from[rows[at] ?? 0] ?? 0;
  return to;
}
