/** Sums of a slice's plain sessions by columns of `sessions`, remembered as long as the slice: the questions of one page share them. */
import type { DuckDBConnection } from "@duckdb/node-api";
import { select } from "./database.ts";
import type { SqlColumn } from "./dimension-view.ts";
import type { Slice } from "./slice.ts";

export interface RawGroups {
  readonly count: number;
  /** One array per column asked for. */
  readonly keys: readonly (Int32Array | Uint32Array | Uint8Array)[];
  readonly attempts: Float64Array;
  readonly packets: Float64Array;
  readonly first: BigInt64Array | BigUint64Array;
  readonly last: BigInt64Array | BigUint64Array;
}

const remembered = new WeakMap<Slice, Map<string, Promise<RawGroups>>>();

export function rawGroups(connection: DuckDBConnection, slice: Slice, columns: readonly SqlColumn[]): Promise<RawGroups> {
  const known = remembered.get(slice) ?? new Map<string, Promise<RawGroups>>();
  remembered.set(slice, known);
  const key = columns.join();
  const found = known.get(key) ?? sum(connection, slice, columns);
  known.set(key, found);
  found.catch(() => known.delete(key));
  return found;
}

async function sum(connection: DuckDBConnection, slice: Slice, columns: readonly SqlColumn[]): Promise<RawGroups> {
  const { plain } = slice;
  if (plain === undefined) {
    const [none, times] = [new Float64Array(0), new BigInt64Array(0)];
    return { count: 0, keys: columns.map(() => new Int32Array(0)), attempts: none, packets: none, first: times, last: times };
  }
  const list = columns.map((name) => `s."${name}"`).join(", ");
  const found = await select(
    connection,
    `SELECT ${list}, sum((s.kind = 0)::INTEGER)::DOUBLE, sum(s.packets)::DOUBLE, min(s.first), max(s.last)
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
