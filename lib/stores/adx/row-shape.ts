/** What a result looks like: the names and types of its columns, and how each value is read. Rows are read by position. */
import { formatTime, parseTime } from "#lib/flows/flow-time.ts";
import { parsed } from "./kusto-time.ts";

/** What a cell's reader says of a value that is not what was asked for. */
export const UNREADABLE = Symbol("unreadable");

/** Of one column: its type in KQL, and how its value is read. A page has a hundred thousand of them, so they are plain functions. */
export interface Cell<T> {
  readonly type: string;
  readonly read: (value: unknown) => T | typeof UNREADABLE;
}

export interface RowShape<T> {
  readonly columns: readonly (readonly [name: string, type: string])[];
  /** The values of a row, or the name of the column whose value is not what was asked for. */
  readonly read: (row: readonly unknown[]) => { readonly values: T } | { readonly wrong: string };
}

export type RowOf<S> = S extends RowShape<infer T> ? T : never;

type Named = readonly (readonly [name: string, cell: Cell<unknown>])[];
type Values<C extends Named> = { readonly [K in keyof C]: C[K][1] extends Cell<infer T> ? T : never };

export function rowShape<const C extends Named>(...cells: C): RowShape<Values<C>> {
  return {
    columns: cells.map(([name, { type }]) => [name, type]),
    read: (row) => {
      if (row.length !== cells.length) return { wrong: `a row of ${row.length} values where there should be ${cells.length}` };
      const values: unknown[] = [];
      for (const [at, [name, cell]] of cells.entries()) {
        const value = cell.read(row[at]);
        if (value === UNREADABLE) return { wrong: `the value of ${name}` };
        values.push(value);
      }
      return { values: asValues<C>(values) };
    },
  };
}

/** Each value was read with the cell at its place, just above; the compiler does not follow a loop over a tuple. */
function asValues<C extends Named>(values: readonly unknown[]): Values<C> {
  return values as Values<C>;
}

const readText = (value: unknown): string | typeof UNREADABLE => (typeof value === "string" ? value : value === null ? "" : UNREADABLE);
const readTime = (value: unknown): bigint | typeof UNREADABLE =>
  typeof value === "string" ? (parseTime(value) ?? UNREADABLE) : UNREADABLE;

export const TEXT: Cell<string> = { type: "string", read: readText };
export const COUNT: Cell<number> = {
  type: "long",
  read: (value) => (typeof value === "number" ? value : value === null ? 0 : UNREADABLE),
};
export const FLAG: Cell<boolean> = { type: "bool", read: (value) => (typeof value === "boolean" ? value : UNREADABLE) };
/** Nanoseconds since 1970. */
export const TIME: Cell<bigint> = { type: "datetime", read: readTime };
export const TIME_OR_NONE: Cell<bigint | null> = { type: "datetime", read: (value) => (value === null ? null : readTime(value)) };
/** As the product writes times. */
export const TIME_TEXT: Cell<string> = {
  type: "datetime",
  read: (value) => {
    const time = readTime(value);
    return time === UNREADABLE ? UNREADABLE : formatTime(time);
  },
};
/** A list of texts, made a text on the way; what is no such list is an empty one. */
export const TEXTS: Cell<readonly string[]> = {
  type: "string",
  read: (value) => {
    const text = readText(value);
    return text === UNREADABLE ? UNREADABLE : textsIn(text);
  },
};

/** One of a few words. */
export function oneOf<const W extends string>(words: readonly W[]): Cell<W> {
  return { type: "string", read: (value) => words.find((word) => word === value) ?? UNREADABLE };
}

function textsIn(text: string): readonly string[] {
  if (text === "" || text === "[]") return [];
  const list = parsed(text);
  return Array.isArray(list) && list.every((one): one is string => typeof one === "string") ? list : [];
}
