/** Aggregate functions. `dcount` is left out on purpose: nobody may lean on an estimate here. */
import type { Scalar } from "./kql-scope.ts";
import { compareValues, keyOf, type Value } from "./kql-values.ts";

/** Over the places of a group's rows. */
export type Aggregate = (rows: readonly number[], args: readonly Scalar[]) => Value;

export const AGGREGATES: ReadonlyMap<string, Aggregate> = new Map<string, Aggregate>([
  ["count", (rows) => rows.length],
  ["countif", (rows, args) => chosen(rows, args[0]).length],
  ["sum", (rows, args) => total(rows, args[0])],
  ["sumif", (rows, args) => total(chosen(rows, args[1]), args[0])],
  ["min", (rows, args) => extreme(rows, args[0], -1)],
  ["max", (rows, args) => extreme(rows, args[0], 1)],
  ["minif", (rows, args) => extreme(chosen(rows, args[1]), args[0], -1)],
  ["maxif", (rows, args) => extreme(chosen(rows, args[1]), args[0], 1)],
  ["count_distinct", (rows, args) => distinct(rows, args[0]).size],
  ["count_distinctif", (rows, args) => distinct(chosen(rows, args[1]), args[0]).size],
  ["take_any", (rows, args) => valuesOf(rows, args[0])[0] ?? null],
  [
    "make_set",
    (rows, args) =>
      [...distinct(rows, args[0]).values()]
        .filter((value) => value !== "")
        .slice(0, mostOf(args))
        .reverse(),
  ],
  ["make_list", (rows, args) => valuesOf(rows, args[0]).slice(0, mostOf(args))],
]);

function valuesOf(rows: readonly number[], of: Scalar | undefined): Value[] {
  const values: Value[] = [];
  for (const row of rows) {
    const value = of?.(row) ?? null;
    if (value !== null) values.push(value);
  }
  return values;
}

function chosen(rows: readonly number[], test: Scalar | undefined): readonly number[] {
  return rows.filter((row) => test?.(row) === true);
}

function distinct(rows: readonly number[], of: Scalar | undefined): ReadonlyMap<unknown, Value> {
  const found = new Map<unknown, Value>();
  for (const row of rows) {
    const value = of?.(row) ?? null;
    if (value !== null) found.set(keyOf(value), value);
  }
  return found;
}

function total(rows: readonly number[], of: Scalar | undefined): Value {
  const values = valuesOf(rows, of);
  if (typeof values[0] === "bigint") return values.reduce<bigint>((sum, value) => (typeof value === "bigint" ? sum + value : sum), 0n);
  return values.reduce<number>((sum, value) => (typeof value === "number" ? sum + value : sum), 0);
}

function extreme(rows: readonly number[], of: Scalar | undefined, sign: number): Value {
  return valuesOf(rows, of).reduce<Value>((best, value) => (best === null || compareValues(value, best) * sign > 0 ? value : best), null);
}

/** 1,048,576 unless the call names fewer. */
function mostOf(args: readonly Scalar[]): number {
  const most = args[1]?.(-1);
  return typeof most === "number" ? most : 1_048_576;
}
