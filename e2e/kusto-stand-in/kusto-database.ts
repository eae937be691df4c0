/** A database of the stand-in: declared tables and functions, their rows, and queries over them, checked first and then executed. */

import { executeQuery } from "./kql-engine.ts";
import { checkText } from "./kql-rules.ts";
import type { Table } from "./kql-scope.ts";
import { emptyOf, type Row, readDatetime, readTimespan, type Value } from "./kql-values.ts";
import { type BoundQuery, bindQuery, type ColumnType, type DeclaredNames, declareDatabase } from "./kusto-language.ts";

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
  /** Throws QueryRefused for what the service would refuse, and a plain error for what the stand-in does not know. */
  query(text: string, parameters: Readonly<Record<string, unknown>>): QueryResult[];
  /** Without executing; throws like `query`. */
  check(text: string): BoundQuery;
}

export interface DatabaseOptions {
  readonly name: string;
  readonly declared: DeclaredNames;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

const MOST_MEMORIES = 60;

export function createKustoDatabase({ name, declared, now }: DatabaseOptions): KustoDatabase {
  const globals = declareDatabase(name, declared);
  const schemas = new Map([...declared.tables.keys()].map((table) => [table, bindQuery(`['${table}']`, globals).columns]));
  const rows = new Map<string, Row[]>();
  const bound = new Map<string, BoundQuery>();
  const memories = new Map<string, WeakMap<Row, Row>>();
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

  const stored = (table: string): Table => ({ columns: schemas.get(table) ?? [], rows: rows.get(table) ?? [] });

  return {
    asked,
    check,
    insert(table, added) {
      const columns = schemas.get(table);
      if (columns === undefined) throw new Error(`there is no table ${table}`);
      const kept = rows.get(table) ?? [];
      for (const row of added) kept.push(columns.map((column) => asStored(row[column.name], column.type)));
      rows.set(table, kept);
    },
    clear(table) {
      rows.delete(table);
    },
    query(text, parameters) {
      asked.push(text);
      const query = check(text);
      return executeQuery(query.syntax, {
        parameters,
        now: BigInt(now()) * 10_000n,
        stored,
        remembered(operator) {
          const found = memories.get(operator) ?? new WeakMap<Row, Row>();
          memories.delete(operator);
          memories.set(operator, found);
          const [oldest] = memories.keys();
          if (memories.size > MOST_MEMORIES && oldest !== undefined) memories.delete(oldest);
          return found;
        },
      });
    },
  };
}

function asStored(value: Value | undefined, type: string): Value {
  if (value === undefined || value === null) return emptyOf(type);
  if (type === "datetime" && typeof value === "string") return readDatetime(value);
  if (type === "timespan" && typeof value === "string") return readTimespan(value);
  return value;
}
