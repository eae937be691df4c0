/** Scalar functions that convert, choose, compare and count. */
import { addressFunctions } from "./address-functions.ts";
import { DYNAMIC_FUNCTIONS } from "./dynamic-functions.ts";
import { type FunctionTable, textAt, valueAt } from "./function-arguments.ts";
import {
  compareValues,
  emptyOf,
  floorMod,
  numberOf,
  readDatetime,
  readTimespan,
  TICKS_BEFORE_1970,
  textOfValue,
  type Value,
} from "./kql-values.ts";
import { TEXT_FUNCTIONS } from "./text-functions.ts";

const GENERAL_FUNCTIONS: FunctionTable = {
  tostring: (args, types) => textAt(args, 0, types),
  tolong: (args) => wholeOf(valueAt(args, 0)),
  toint: (args) => {
    const whole = wholeOf(valueAt(args, 0));
    return whole === null || whole < -2_147_483_648 || whole > 2_147_483_647 ? null : whole;
  },
  todouble: (args) => numberOf(valueAt(args, 0)),
  toreal: (args) => numberOf(valueAt(args, 0)),
  tobool: (args) => {
    const value = valueAt(args, 0);
    if (typeof value === "boolean" || value === null) return value;
    if (typeof value === "number") return value !== 0;
    const text = textOfValue(value, "").toLowerCase();
    return text === "true" || text === "1" ? true : text === "false" || text === "0" ? false : null;
  },
  todatetime: (args) => {
    const value = valueAt(args, 0);
    return typeof value === "bigint" ? value : readDatetime(textOfValue(value, ""));
  },
  totimespan: (args) => {
    const value = valueAt(args, 0);
    return typeof value === "bigint" ? value : readTimespan(textOfValue(value, ""));
  },
  isnull: (args) => valueAt(args, 0) === null,
  isnotnull: (args) => valueAt(args, 0) !== null,
  coalesce: (args, types) => args.find((value) => value !== null && !(value === "" && types[0] === "string")) ?? emptyOf(types[0] ?? ""),
  iff: (args) => (valueAt(args, 0) === true ? valueAt(args, 1) : valueAt(args, 2)),
  iif: (args) => (valueAt(args, 0) === true ? valueAt(args, 1) : valueAt(args, 2)),
  case: (args) => {
    for (let index = 0; index + 1 < args.length; index += 2) if (args[index] === true) return valueAt(args, index + 1);
    return args.at(-1) ?? null;
  },
  not: (args) => {
    const value = valueAt(args, 0);
    return value === null ? null : value !== true;
  },
  max_of: (args) => extreme(args, 1),
  min_of: (args) => extreme(args, -1),
  abs: (args) => {
    const value = valueAt(args, 0);
    if (typeof value === "bigint") return value < 0n ? -value : value;
    const number = numberOf(value);
    return number === null ? null : Math.abs(number);
  },
  bin: (args, types) => binned(valueAt(args, 0), valueAt(args, 1), types[0] === "datetime" ? -TICKS_BEFORE_1970 : 0n),
  floor: (args, types) => binned(valueAt(args, 0), valueAt(args, 1), types[0] === "datetime" ? -TICKS_BEFORE_1970 : 0n),
  bin_at: (args) => {
    const [value, width, fixed] = [valueAt(args, 0), valueAt(args, 1), valueAt(args, 2)];
    if (typeof fixed === "bigint") return binned(value, width, fixed);
    const [number, step, at] = [numberOf(value), numberOf(width), numberOf(fixed)];
    return number === null || step === null || at === null ? null : Math.floor((number - at) / step) * step + at;
  },
};

/** Every scalar function that the stand-in knows. */
export const SCALAR_FUNCTIONS: ReadonlyMap<string, FunctionTable[string]> = new Map(
  [GENERAL_FUNCTIONS, TEXT_FUNCTIONS, DYNAMIC_FUNCTIONS, addressFunctions].flatMap((table) => Object.entries(table)),
);

function wholeOf(value: Value): number | null {
  const number = numberOf(value);
  if (number === null) return null;
  const whole = Math.trunc(number);
  if (!Number.isSafeInteger(whole)) throw new Error(`${number} is beyond the stand-in's longs`);
  return whole;
}

function extreme(args: readonly Value[], sign: number): Value {
  const there = args.filter((value) => value !== null);
  return there.reduce<Value>((best, value) => (best === null || compareValues(value, best) * sign > 0 ? value : best), null);
}

function binned(value: Value, width: Value, fixed: bigint): Value {
  if (typeof value === "bigint" && typeof width === "bigint") return value - floorMod(value - fixed, width);
  const [number, step] = [numberOf(value), numberOf(width)];
  return number === null || step === null ? null : Math.floor(number / step) * step;
}
