/** Bulk append of typed arrays to a table: whole vectors are copied, no value is touched one by one. */
import { BIGINT, type DuckDBConnection, DuckDBDataChunk, type DuckDBType, INTEGER, UBIGINT, UINTEGER, UTINYINT } from "@duckdb/node-api";
import duckdb from "@duckdb/node-bindings";
import type { Column, ColumnType } from "./schema.ts";

export type ColumnData = Uint32Array | Int32Array | Uint8Array | BigInt64Array | BigUint64Array;

const TYPES: { readonly [T in ColumnType]: DuckDBType } = { BIGINT, INTEGER, UBIGINT, UINTEGER, UTINYINT };

/** `data` has one array per column, each at least `count` long. Runs inside the connection's transaction. */
export async function appendColumns(
  connection: DuckDBConnection,
  table: string,
  columns: readonly Column[],
  data: readonly ColumnData[],
  count: number,
): Promise<void> {
  if (count === 0) return;
  const types = columns.map(({ type }) => TYPES[type]);
  const size = duckdb.vector_size();
  const appender = await connection.createAppender(table);
  try {
    for (let from = 0; from < count; from += size) {
      const rows = Math.min(size, count - from);
      const chunk = DuckDBDataChunk.create(types, rows);
      for (const [index, array] of data.entries()) copyInto(chunk, index, array, from, rows);
      appender.appendDataChunk(chunk);
    }
  } finally {
    appender.closeSync();
  }
}

function copyInto(chunk: DuckDBDataChunk, index: number, array: ColumnData, from: number, rows: number): void {
  const { buffer, byteOffset, BYTES_PER_ELEMENT } = array;
  if (!(buffer instanceof ArrayBuffer)) throw new TypeError("shared memory cannot be appended");
  const vector = duckdb.data_chunk_get_vector(chunk.chunk, index);
  duckdb.copy_data_to_vector(vector, 0, buffer, byteOffset + from * BYTES_PER_ELEMENT, rows * BYTES_PER_ELEMENT);
}
