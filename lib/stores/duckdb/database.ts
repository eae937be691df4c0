/** The one open DuckDB: connections, statements with bound values, and results read as typed columns. */
import {
  BIGINT,
  type DuckDBBlobValue,
  type DuckDBConnection,
  DuckDBInstance,
  type DuckDBMaterializedResult,
  type DuckDBType,
  type DuckDBValue,
  LIST,
  listValue,
  UINTEGER,
} from "@duckdb/node-api";
import { type Columns, readColumns } from "./read-columns.ts";
import { CREATE_TABLES } from "./schema.ts";

export interface DatabaseOptions {
  /** Path of the file; undefined = in memory. */
  readonly file: string | undefined;
  readonly memoryMb: number;
  readonly threads: number;
}

export interface Database {
  /** Takes batches in; one transaction at a time. */
  readonly writer: DuckDBConnection;
  /** Answers wide questions. */
  readonly reader: DuckDBConnection;
  /** Answers quick ones: pages and single flows do not wait behind an overview. */
  readonly pager: DuckDBConnection;
  close(): void;
}

/** A bound value, with its type where DuckDB could not tell it from the JavaScript value. */
export interface TypedValue {
  readonly value: DuckDBValue;
  readonly type: DuckDBType;
}
export type Values = Readonly<Record<string, number | bigint | DuckDBBlobValue | TypedValue>>;

/** Dictionary ids as one parameter, for `IN (SELECT unnest($ids))`. */
export function idList(ids: readonly number[]): TypedValue {
  return { value: listValue(ids), type: LIST(UINTEGER) };
}

/** Signed 32-bit numbers (ports may be -1, codes are not negative). */
export function valueList(values: readonly number[]): TypedValue {
  return { value: listValue(values.map(BigInt)), type: LIST(BIGINT) };
}

export function timeList(times: readonly bigint[]): TypedValue {
  return { value: listValue(times), type: LIST(BIGINT) };
}

/** Group-by on dictionary ids uses arrays instead of hash tables up to this many bits of ids. */
const DIRECT_GROUP_BITS = 20;

export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const instance = await DuckDBInstance.create(options.file ?? ":memory:", {
    memory_limit: `${options.memoryMb}MB`,
    threads: String(options.threads),
    preserve_insertion_order: "false",
    // At the default of 16 MB, row groups that are not full yet are written again every few batches and leave holes in the file.
    checkpoint_threshold: "64MB",
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
  });
  const writer = await instance.connect();
  for (const statement of CREATE_TABLES) await writer.run(statement);
  const reader = await instance.connect();
  await reader.run(`SET perfect_ht_threshold=${DIRECT_GROUP_BITS}`);
  const pager = await instance.connect();
  const close = (): void => {
    pager.closeSync();
    reader.closeSync();
    writer.closeSync();
    instance.closeSync();
  };
  return { writer, reader, pager, close };
}

/** Runs one statement and reads every column as numbers or bigints; the statement casts to the types of ColumnType. */
export async function select(connection: DuckDBConnection, sql: string, values: Values = {}): Promise<Columns> {
  return readColumns(await run(connection, sql, values));
}

export async function execute(connection: DuckDBConnection, sql: string, values: Values = {}): Promise<void> {
  await run(connection, sql, values);
}

export async function run(connection: DuckDBConnection, sql: string, values: Values = {}): Promise<DuckDBMaterializedResult> {
  const bound: Record<string, DuckDBValue> = {};
  const types: Record<string, DuckDBType> = {};
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === "object" && "type" in value) {
      bound[name] = value.value;
      types[name] = value.type;
    } else bound[name] = value;
  }
  return Object.keys(bound).length === 0 ? connection.run(sql) : connection.run(sql, bound, types);
}
