/** Tables by column. A column is worked out when it is first read, and remembered by its key: most queries share most of what they read. */
import type { Memory } from "./kql-memory.ts";
import { emptyOf, keyOf, type Row, type Value } from "./kql-values.ts";
import type { ColumnType } from "./kusto-language.ts";

export interface Column extends ColumnType {
  /** The same key, the same values in the same order. */
  readonly key: string;
  /** The column of another table that these are values of, where no row is missing there. */
  readonly source?: ColumnSource | undefined;
  read(): readonly Value[];
}

export interface ColumnSource {
  readonly column: Column;
  readonly table: Pick<Table, "key" | "count">;
  /** Which rows of that table, and under which key. */
  readonly places: Places;
  readonly key: string;
}

export interface Table {
  readonly columns: readonly Column[];
  readonly count: number;
  /** The same key, the same rows in the same order, whichever columns are there. */
  readonly key: string;
}

/** Places of rows in another table; -1 = no row. */
export type Places = readonly number[] | Int32Array;

export function lazyColumn(memory: Memory, { name, type }: ColumnType, key: string, count: number, make: () => readonly Value[]): Column {
  let values: readonly Value[] | undefined;
  return {
    name,
    type,
    key,
    read: () => {
      values ??= memory.recall(key, count, make);
      return values;
    },
  };
}

export function named(column: Column, { name, type }: ColumnType): Column {
  return column.name === name && column.type === type ? column : { ...column, name, type };
}

/** One column at these places of another table; `table` says which, where all places are rows of it. */
export function pickedColumn(memory: Memory, column: Column, key: string, places: Places, table?: Pick<Table, "key" | "count">): Column {
  const made = lazyColumn(memory, column, memory.keyOf(`${key} of ${column.key}`), places.length, () => {
    const values = column.read();
    const empty = emptyOf(column.type);
    const found: Value[] = [];
    for (let row = 0; row < places.length; row++) {
      const place = places[row] ?? -1;
      found.push(place < 0 ? empty : (values[place] ?? null));
    }
    return found;
  });
  return table === undefined ? made : { ...made, source: { column, table, places, key } };
}

/** A table of the rows at these places; `key` says which they are. */
export function picked(memory: Memory, table: Table, key: string, places: Places): Table {
  return { key, count: places.length, columns: table.columns.map((column) => pickedColumn(memory, column, key, places, table)) };
}

/** A table of rows at hand, under a key of their own. */
export function tableOfRows(memory: Memory, columns: readonly ColumnType[], rows: readonly Row[]): Table {
  const key = memory.keyOf(JSON.stringify([columns, rows], (_, value: unknown) => (typeof value === "bigint" ? `${value}n` : value)));
  return {
    key,
    count: rows.length,
    columns: columns.map((column, at) => lazyColumn(memory, column, `${key}.${at}`, rows.length, () => rows.map((row) => row[at] ?? null))),
  };
}

export function rowsOf({ columns, count }: Table): Row[] {
  const values = columns.map((column) => column.read());
  return Array.from({ length: count }, (_, row) => values.map((column) => column[row] ?? null));
}

/** The first value of the first row, null where there is none. */
export function firstValue({ columns, count }: Table): Value {
  return count === 0 ? null : (columns[0]?.read()[0] ?? null);
}

/** One key per row over these columns. */
export function rowKeys(lists: readonly (readonly Value[])[], count: number): readonly unknown[] {
  const [only] = lists;
  if (only !== undefined && lists.length === 1) return only.map(keyOf);
  return Array.from({ length: count }, (_, row) => lists.map((list) => joinedKey(list[row] ?? null)).join("\u0001"));
}

function joinedKey(value: Value): string {
  return typeof value === "string" ? `s${value}` : `${typeof value}${String(keyOf(value))}`;
}
