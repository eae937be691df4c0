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

interface Maker {
  readonly bytes: number;
  make(buffer: ArrayBufferLike, offset: number, count: number): Typed;
}

const MAKERS: ReadonlyMap<DuckDBTypeId, Maker> = new Map([
  [DuckDBTypeId.INTEGER, { bytes: 4, make: (buffer, offset, count) => new Int32Array(buffer, offset, count) }],
  [DuckDBTypeId.UINTEGER, { bytes: 4, make: (buffer, offset, count) => new Uint32Array(buffer, offset, count) }],
  [DuckDBTypeId.UTINYINT, { bytes: 1, make: (buffer, offset, count) => new Uint8Array(buffer, offset, count) }],
  [DuckDBTypeId.BOOLEAN, { bytes: 1, make: (buffer, offset, count) => new Uint8Array(buffer, offset, count) }],
  [DuckDBTypeId.BIGINT, { bytes: 8, make: (buffer, offset, count) => new BigInt64Array(buffer, offset, count) }],
  [DuckDBTypeId.UBIGINT, { bytes: 8, make: (buffer, offset, count) => new BigUint64Array(buffer, offset, count) }],
  [DuckDBTypeId.DOUBLE, { bytes: 8, make: (buffer, offset, count) => new Float64Array(buffer, offset, count) }],
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

/**
 * A large result piece by piece, so that it is never held twice. `take` keeps nothing of the columns and answers whether to go on; answers
 * whether all was read.
 */
export async function eachChunk(result: DuckDBResult, take: (columns: Columns) => boolean): Promise<boolean> {
  for (;;) {
    const chunk = await result.fetchChunk();
    if (!chunk || chunk.rowCount === 0) return true;
    const goOn = take(columnsOf(result, [chunk], chunk.rowCount, true));
    // Said here so that the chunk, whose memory the columns may be, lives until they were taken.
    if (!goOn || chunk.rowCount === 0) return false;
  }
}

/** `lent`: of a single chunk, which outlives the columns. */
function columnsOf(result: DuckDBResult, chunks: readonly DuckDBDataChunk[], count: number, lent = false): Columns {
  const [only] = chunks;
  const columns = Array.from({ length: result.columnCount }, (_, index) => {
    const type = result.columnTypeId(index);
    return lent && only ? lendColumn(type, index, only) : readColumn(type, index, chunks, count);
  });
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

function makerOf(type: DuckDBTypeId, index: number): Maker {
  const maker = MAKERS.get(type);
  if (!maker) throw new TypeError(`column ${index} has a type (${DuckDBTypeId[type]}) that is not read as an array`);
  return maker;
}

function readColumn(type: DuckDBTypeId, index: number, chunks: readonly DuckDBDataChunk[], count: number): Typed {
  const maker = makerOf(type, index);
  const bytes = new Uint8Array(count * maker.bytes);
  let at = 0;
  for (const chunk of chunks) {
    const size = chunk.rowCount * maker.bytes;
    bytes.set(duckdb.vector_get_data(duckdb.data_chunk_get_vector(chunk.chunk, index), size), at);
    at += size;
  }
  return maker.make(bytes.buffer, 0, count);
}

/** The chunk's own memory, as far as it is aligned. */
function lendColumn(type: DuckDBTypeId, index: number, chunk: DuckDBDataChunk): Typed {
  const maker = makerOf(type, index);
  const count = chunk.rowCount;
  const data = duckdb.vector_get_data(duckdb.data_chunk_get_vector(chunk.chunk, index), count * maker.bytes);
  return data.byteOffset % maker.bytes === 0 ? maker.make(data.buffer, data.byteOffset, count) : readColumn(type, index, [chunk], count);
}
