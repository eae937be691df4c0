/** A query result as typed arrays, copied out of DuckDB's vectors. */
import { type DuckDBDataChunk, type DuckDBMaterializedResult, type DuckDBResult, DuckDBTypeId } from "@duckdb/node-api";
import duckdb from "@duckdb/node-bindings";

export type RawColumn = Int32Array | Uint32Array | Uint8Array;

/** Columns of a result by position; the getters throw when a statement did not produce what its reader expects (a bug). */
export interface Columns {
  readonly count: number;
  ints(index: number): RawColumn;
  bigs(index: number): BigInt64Array | BigUint64Array;
  floats(index: number): Float64Array;
}

type Typed = Int32Array | Uint32Array | Uint8Array | BigInt64Array | BigUint64Array | Float64Array;

const MAKERS: ReadonlyMap<DuckDBTypeId, { readonly bytes: number; make(buffer: ArrayBuffer): Typed }> = new Map([
  [DuckDBTypeId.INTEGER, { bytes: 4, make: (buffer) => new Int32Array(buffer) }],
  [DuckDBTypeId.UINTEGER, { bytes: 4, make: (buffer) => new Uint32Array(buffer) }],
  [DuckDBTypeId.UTINYINT, { bytes: 1, make: (buffer) => new Uint8Array(buffer) }],
  [DuckDBTypeId.BOOLEAN, { bytes: 1, make: (buffer) => new Uint8Array(buffer) }],
  [DuckDBTypeId.BIGINT, { bytes: 8, make: (buffer) => new BigInt64Array(buffer) }],
  [DuckDBTypeId.UBIGINT, { bytes: 8, make: (buffer) => new BigUint64Array(buffer) }],
  [DuckDBTypeId.DOUBLE, { bytes: 8, make: (buffer) => new Float64Array(buffer) }],
]);

/** The statement must leave no NULL: validity is not read. */
export async function readColumns(result: DuckDBMaterializedResult): Promise<Columns> {
  const chunks: DuckDBDataChunk[] = [];
  let count = 0;
  for (;;) {
    const chunk = await result.fetchChunk();
    if (!chunk || chunk.rowCount === 0) break;
    chunks.push(chunk);
    count += chunk.rowCount;
  }
  return columnsOf(result, chunks, count);
}

/** A large result piece by piece, so that it is never held twice. `take` answers whether to go on; answers whether all was read. */
export async function eachChunk(result: DuckDBResult, take: (columns: Columns) => boolean): Promise<boolean> {
  for (;;) {
    const chunk = await result.fetchChunk();
    if (!chunk || chunk.rowCount === 0) return true;
    if (!take(columnsOf(result, [chunk], chunk.rowCount))) return false;
  }
}

function columnsOf(result: DuckDBResult, chunks: readonly DuckDBDataChunk[], count: number): Columns {
  const columns = Array.from({ length: result.columnCount }, (_, index) => readColumn(result.columnTypeId(index), index, chunks, count));
  return {
    count,
    ints: (index) => {
      const found = columns[index];
      if (found instanceof Int32Array || found instanceof Uint32Array || found instanceof Uint8Array) return found;
      throw new TypeError(`column ${index} holds no 32-bit integers`);
    },
    bigs: (index) => {
      const found = columns[index];
      if (found instanceof BigInt64Array || found instanceof BigUint64Array) return found;
      throw new TypeError(`column ${index} holds no 64-bit integers`);
    },
    floats: (index) => {
      const found = columns[index];
      if (found instanceof Float64Array) return found;
      throw new TypeError(`column ${index} holds no doubles`);
    },
  };
}

function readColumn(type: DuckDBTypeId, index: number, chunks: readonly DuckDBDataChunk[], count: number): Typed {
  const maker = MAKERS.get(type);
  if (!maker) throw new TypeError(`column ${index} has a type (${DuckDBTypeId[type]}) that is not read as an array`);
  const bytes = new Uint8Array(count * maker.bytes);
  let at = 0;
  for (const chunk of chunks) {
    const size = chunk.rowCount * maker.bytes;
    bytes.set(duckdb.vector_get_data(duckdb.data_chunk_get_vector(chunk.chunk, index), size), at);
    at += size;
  }
  return maker.make(bytes.buffer);
}
