/** Sums of a slice's plain sessions by their columns, remembered as long as the slice: the questions of one page share them. */
import type { DuckDBConnection } from "@duckdb/node-api";
import { select } from "./database.ts";
import { type RawGroups, sumColumns } from "./mirror-sums.ts";
import { FRESH } from "./schema.ts";
import type { Slice, SqlPlain } from "./slice.ts";

const remembered = new WeakMap<Slice, Map<string, Promise<RawGroups>>>();

/** `columns`: names of columns of `sessions` for SQL, of the mirror for a slice cut from it. */
export function rawGroups(connection: DuckDBConnection, slice: Slice, columns: readonly string[]): Promise<RawGroups> {
  const known = remembered.get(slice) ?? new Map<string, Promise<RawGroups>>();
  remembered.set(slice, known);
  const key = columns.join();
  const found = known.get(key) ?? sum(connection, slice, columns);
  known.set(key, found);
  found.catch(() => known.delete(key));
  return found;
}

async function sum(connection: DuckDBConnection, { plain }: Slice, columns: readonly string[]): Promise<RawGroups> {
  if (plain?.is === "sql") return sumSql(connection, plain, columns);
  if (plain?.is === "mirror") return sumColumns(plain, columns);
  const [none, times] = [new Float64Array(0), new BigInt64Array(0)];
  return { count: 0, keys: columns.map(() => new Int32Array(0)), attempts: none, packets: none, first: times, last: times };
}

async function sumSql(connection: DuckDBConnection, plain: SqlPlain, columns: readonly string[]): Promise<RawGroups> {
  const list = columns.map((name) => `s."${name}"`).join(", ");
  const found = await select(
    connection,
    `SELECT ${list}, sum((s.kind = ${FRESH})::INTEGER)::DOUBLE, sum(s.packets)::DOUBLE, min(s.first), max(s.last)
     FROM sessions s WHERE ${plain.sql} GROUP BY ${list}`,
    plain.values,
  );
  const at = columns.length;
  return {
    count: found.count,
    keys: columns.map((_, index) => found.ints(index)),
    attempts: found.floats(at),
    packets: found.floats(at + 1),
    first: found.bigs(at + 2),
    last: found.bigs(at + 3),
  };
}
