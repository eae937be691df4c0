/** Rows of a slice and their columns: the mirror's own, or copies side by side where the rows are few and lie far apart. */
import type { Aspect } from "./aspects.ts";
import type { Combinations } from "./combinations.ts";
import { countingUp } from "./scratch.ts";

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
  const count = rows.length;
  const words = (aspect: Aspect): (() => Uint32Array) => once(() => copy(columns.of[aspect], rows, new Uint32Array(count)));
  const [rule, port, from, towards] = [words("rule"), words("port"), words("from"), words("towards")];
  const firstMs = once(() => copy(columns.firstMs, rows, new Float64Array(count)));
  const lastMs = once(() => copy(columns.lastMs, rows, new Float64Array(count)));
  const packets = once(() => copy(columns.packets, rows, new Float64Array(count)));
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
    firstNs: columns.firstNs,
    lastNs: columns.lastNs,
  };
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

function copy<T extends Uint32Array | Int32Array | Float64Array>(from: T, rows: Uint32Array, to: T): T {
  for (let at = 0; at < rows.length; at++) to[at] = from[rows[at] ?? 0] ?? 0;
  return to;
}
