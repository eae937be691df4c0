/** A database of the stand-in: declared tables and functions, their rows, and queries over them, checked first and then executed. */

import { executeQuery } from "./kql-engine.ts";
import { createMemory } from "./kql-memory.ts";
import { checkText } from "./kql-rules.ts";
import { rowsOf, type Table } from "./kql-table.ts";
import { emptyOf, type Row, readDatetime, readTimespan, type Value } from "./kql-values.ts";
import {
  type BoundQuery,
  bindQuery,
  type ColumnType,
  type DeclaredNames,
  type Diagnostic,
  declareDatabase,
  resultColumns,
} from "./kusto-language.ts";

export interface QueryResult {
  readonly columns: readonly ColumnType[];
  readonly rows: readonly Row[];
}

/** What the service would refuse: the query is wrong, or its parameters are. `code` as the parser or the service names it. */
export class QueryRefused extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export interface KustoDatabase {
  /** Every text that was asked, in order. */
  readonly asked: readonly string[];
  insert(table: string, rows: readonly Readonly<Record<string, Value>>[]): void;
  clear(table: string): void;
  /** The parser's errors and warnings about a management command. */
  checkCommand(text: string): readonly Diagnostic[];
  /** Throws QueryRefused for what the service would refuse, and a plain error for what the stand-in does not know. */
  query(text: string, parameters: Readonly<Record<string, unknown>>): QueryResult[];
  /** Without executing; throws like `query`. */
  check(text: string): BoundQuery;
  /** The columns of every result, as the parser says; throws like `query`. */
  results(text: string): readonly (readonly ColumnType[])[];
}

export interface DatabaseOptions {
  readonly name: string;
  readonly declared: DeclaredNames;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

interface Stored {
  /** Grows with every change. */
  version: number;
  values: Value[][];
}

export function createKustoDatabase({ name, declared, now }: DatabaseOptions): KustoDatabase {
  const globals = declareDatabase(name, declared);
  const schemas = new Map([...declared.tables.keys()].map((table) => [table, bindQuery(`['${table}']`, globals).columns]));
  const rows = new Map([...schemas].map(([table, columns]): [string, Stored] => [table, { version: 0, values: columns.map(() => []) }]));
  const bound = new Map<string, BoundQuery>();
  const memory = createMemory();
  const asked: string[] = [];

  const check = (text: string): BoundQuery => {
    const known = bound.get(text);
    if (known !== undefined) return known;
    const query = bindQuery(text, globals);
    const [wrong] = checkText(text, query);
    if (wrong !== undefined)
      throw new QueryRefused(wrong.code, `${wrong.message} «${text.slice(wrong.start, wrong.start + Math.min(80, wrong.length))}»`);
    if (bound.size > 500) bound.clear();
    bound.set(text, query);
    return query;
  };

  const stored = (table: string): Table | undefined => {
    const found = rows.get(table);
    if (found === undefined) return undefined;
    const key = `${table} ${found.version}`;
    const { values } = found;
    return {
      key,
      count: values[0]?.length ?? 0,
      columns: (schemas.get(table) ?? []).map((column, at) => ({ ...column, key: `${key}.${column.name}`, read: () => values[at] ?? [] })),
    };
  };

  return {
    asked,
    check,
    checkCommand: (text) => bindQuery(text, globals).diagnostics.filter(({ severity }) => severity === "Error" || severity === "Warning"),
    results: (text) => resultColumns(check(text).syntax),
    insert(table, added) {
      const found = rows.get(table);
      if (found === undefined) throw new Error(`there is no table ${table}`);
      found.version += 1;
      for (const [at, column] of (schemas.get(table) ?? []).entries())
        for (const row of added) found.values[at]?.push(asStored(row[column.name], column.type));
    },
    clear(table) {
      const found = rows.get(table);
      if (found === undefined) return;
      found.version += 1;
      found.values = found.values.map(() => []);
    },
    query(text, parameters) {
      asked.push(text);
      const query = check(text);
      const tables = executeQuery(query.syntax, { parameters, now: BigInt(now()) * 10_000n, stored, memory });
      return tables.map((table) => ({ columns: table.columns.map(({ name, type }) => ({ name, type })), rows: rowsOf(table) }));
    },
  };
}

function asStored(value: Value | undefined, type: string): Value {
  if (value === undefined || value === null) return emptyOf(type);
  if (type === "datetime" && typeof value === "string") return readDatetime(value);
  if (type === "timespan" && typeof value === "string") return readTimespan(value);
  return value;
}
