/** Sums of a slice's plain sessions by their columns, remembered as long as the slice: the questions of one page share them. */
import type { DuckDBConnection } from "@duckdb/node-api";
import { select } from "./database.ts";
import { grown } from "./grow.ts";
import { nsOf, partIds } from "./mirror.ts";
import type { MirrorPlain } from "./mirror-slice.ts";
import { createNumberLists } from "./number-lists.ts";
import type { RawColumn } from "./read-columns.ts";
import { FRESH } from "./schema.ts";
import type { Slice, SqlPlain } from "./slice.ts";

export interface RawGroups {
  readonly count: number;
  /** One array per column asked for. */
  readonly keys: readonly RawColumn[];
  readonly attempts: Float64Array;
  readonly packets: Float64Array;
  readonly first: BigInt64Array | BigUint64Array;
  readonly last: BigInt64Array | BigUint64Array;
}

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
  if (plain?.is === "mirror")
    return sumMirror(
      plain,
      columns.map((name) => partIds(plain.mirror, name)),
    );
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

/** Keys up to so many slots are found by index instead of by hash. */
const DIRECT_SLOTS = 8_000_000;

/** `arrays`: a number per row of the mirror each; the keys of the groups are theirs. */
export function sumMirror({ mirror, fresh, later }: MirrorPlain, arrays: readonly Int32Array[]): RawGroups {
  const { firstMs, firstNs, lastMs, lastNs, packets } = mirror;
  const keyOf = keyMaker(arrays, [fresh, later]);
  let size = 0;
  let model = new Uint32Array(64);
  let attempts = new Float64Array(64);
  let sums = new Float64Array(64);
  let beginMs = new Float64Array(64);
  let beginNs = new Int32Array(64);
  let endMs = new Float64Array(64);
  let endNs = new Int32Array(64);
  const words = (length: number): Uint32Array<ArrayBuffer> => new Uint32Array(length);
  const floats = (length: number): Float64Array<ArrayBuffer> => new Float64Array(length);
  const ints = (length: number): Int32Array<ArrayBuffer> => new Int32Array(length);

  const start = (group: number, row: number): void => {
    if (group >= model.length) {
      model = grown(model, group + 1, words);
      attempts = grown(attempts, group + 1, floats);
      sums = grown(sums, group + 1, floats);
      beginMs = grown(beginMs, group + 1, floats);
      beginNs = grown(beginNs, group + 1, ints);
      endMs = grown(endMs, group + 1, floats);
      endNs = grown(endNs, group + 1, ints);
    }
    size = group + 1;
    model[group] = row;
    beginMs[group] = Number.POSITIVE_INFINITY;
    endMs[group] = Number.NEGATIVE_INFINITY;
  };
  const add = (rows: Uint32Array, weight: number): void => {
    for (let index = 0; index < rows.length; index++) {
      const row = rows[index] ?? 0;
      const group = keyOf(row);
      if (group >= size) start(group, row);
      attempts[group] = (attempts[group] ?? 0) + weight;
      sums[group] = (sums[group] ?? 0) + (packets[row] ?? 0);
      const first = firstMs[row] ?? 0;
      const begin = beginMs[group] ?? 0;
      if (first < begin || (first === begin && (firstNs[row] ?? 0) < (beginNs[group] ?? 0))) {
        beginMs[group] = first;
        beginNs[group] = firstNs[row] ?? 0;
      }
      const last = lastMs[row] ?? 0;
      const end = endMs[group] ?? 0;
      if (last > end || (last === end && (lastNs[row] ?? 0) > (endNs[group] ?? 0))) {
        endMs[group] = last;
        endNs[group] = lastNs[row] ?? 0;
      }
    }
  };
  add(fresh, 1);
  add(later, 0);
  const times = (ms: Float64Array, ns: Int32Array): BigInt64Array => {
    const found = new BigInt64Array(size);
    for (let group = 0; group < size; group++) found[group] = nsOf(ms[group] ?? 0, ns[group] ?? 0);
    return found;
  };
  return {
    count: size,
    keys: arrays.map((array) => Int32Array.from(model.subarray(0, size), (row) => array[row] ?? 0)),
    attempts,
    packets: sums,
    first: times(beginMs, beginNs),
    last: times(endMs, endNs),
  };
}

/** Numbers groups in the order in which they are met. */
function keyMaker(arrays: readonly Int32Array[], lists: readonly Uint32Array[]): (row: number) => number {
  const [one, two] = arrays;
  if (one && arrays.length <= 2) {
    const oneMax = largest(one, lists) + 2;
    const twoMax = two ? largest(two, lists) + 2 : 1;
    if (oneMax * twoMax <= DIRECT_SLOTS) {
      // Ports are -1 where there is none.
      const slots = new Int32Array(oneMax * twoMax);
      let size = 0;
      return (row) => {
        const at = ((one[row] ?? 0) + 1) * twoMax + (two ? (two[row] ?? 0) + 1 : 0);
        const known = slots[at] ?? 0;
        if (known !== 0) return known - 1;
        size += 1;
        slots[at] = size;
        return size - 1;
      };
    }
  }
  const lists32 = createNumberLists();
  const scratch = new Int32Array(arrays.length);
  return (row) => {
    for (let index = 0; index < arrays.length; index++) scratch[index] = arrays[index]?.[row] ?? 0;
    return lists32.idOf(scratch, arrays.length);
  };
}

function largest(array: Int32Array, lists: readonly Uint32Array[]): number {
  let most = 0;
  for (const rows of lists)
    for (let index = 0; index < rows.length; index++) {
      const value = array[rows[index] ?? 0] ?? 0;
      if (value > most) most = value;
    }
  return most;
}
