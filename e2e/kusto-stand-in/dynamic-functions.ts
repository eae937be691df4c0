/** Scalar functions over dynamic values. The order that Kusto leaves open (sets) is turned round here, so that nothing can lean on it. */
import { arrayAt, type FunctionTable, numberAt, textAt, valueAt } from "./function-arguments.ts";
import { compareValues, isArray, isBag, keyOf, textOfValue, type Value } from "./kql-values.ts";

export const DYNAMIC_FUNCTIONS: FunctionTable = {
  parse_json: (args) => parsed(valueAt(args, 0)),
  todynamic: (args) => parsed(valueAt(args, 0)),
  gettype: (args, types) => typeNameOf(valueAt(args, 0), types[0] ?? ""),
  array_length: (args) => arrayAt(args, 0)?.length ?? null,
  array_concat: (args) => {
    const lists = args.filter((value) => value !== null);
    return lists.every(isArray) ? lists.flat() : null;
  },
  array_slice: (args) => {
    const list = arrayAt(args, 0);
    if (list === null) return null;
    const place = (index: number): number => Math.max(0, index < 0 ? list.length + index : index);
    const end = numberAt(args, 2);
    return end < -list.length ? [] : list.slice(place(numberAt(args, 1)), place(end) + 1);
  },
  array_sort_asc: (args) => {
    if (args.length > 1) throw new Error("array_sort_asc() of several arrays is not supported");
    const list = arrayAt(args, 0);
    return list === null ? null : [...list.filter((one) => one !== null).sort(compareValues), ...list.filter((one) => one === null)];
  },
  array_index_of: (args, types) => {
    const list = arrayAt(args, 0);
    if (list === null) return null;
    const wanted = keyOf(valueAt(args, 1));
    return types.length > 2 ? null : list.findIndex((one) => keyOf(one) === wanted);
  },
  array_reverse: (args) => arrayAt(args, 0)?.toReversed() ?? null,
  set_has_element: (args) => arrayAt(args, 0)?.some((one) => keyOf(one) === keyOf(valueAt(args, 1))) ?? null,
  set_union: (args) => setOf(args.flatMap((list) => (isArray(list) ? list : []))),
  set_intersect: (args) => {
    const [first = [], ...others] = args.map((list) => (isArray(list) ? list : []));
    return setOf(first.filter((one) => others.every((list) => list.some((other) => keyOf(other) === keyOf(one)))));
  },
  set_difference: (args) => {
    const [first = [], ...others] = args.map((list) => (isArray(list) ? list : []));
    return setOf(first.filter((one) => !others.some((list) => list.some((other) => keyOf(other) === keyOf(one)))));
  },
  pack_array: (args) => [...args],
  bag_pack: (args) => Object.fromEntries(pairs(args)),
  bag_keys: (args) => (isBag(args[0]) ? Object.keys(args[0]) : null),
  bag_has_key: (args) => (isBag(args[0]) ? Object.hasOwn(args[0], textAt(args, 1)) : null),
};

/** What cannot be read stays the text that it was. */
function parsed(value: Value): Value {
  if (typeof value !== "string") return value;
  if (value.trim() === "") return null;
  const found = seen.get(value);
  if (found !== undefined) return found;
  const read = readJson(value) ?? null;
  if (seen.size > 100_000) seen.clear();
  seen.set(value, read);
  return read;
}

const seen = new Map<string, Value>();

function readJson(text: string): Value {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function typeNameOf(value: Value, type: string): string {
  if (value === null) return "null";
  if (type !== "dynamic" && type !== "") return type;
  if (isArray(value)) return "array";
  if (isBag(value)) return "dictionary";
  if (typeof value === "number") return Number.isInteger(value) ? "long" : "double";
  return typeof value === "boolean" ? "bool" : typeof value === "bigint" ? "datetime" : "string";
}

function setOf(values: readonly Value[]): readonly Value[] {
  return [...new Map(values.map((value) => [keyOf(value), value])).values()].reverse();
}

function* pairs(args: readonly Value[]): Generator<[string, Value]> {
  for (let index = 0; index + 1 < args.length; index += 2) yield [textOfValue(valueAt(args, index), "dynamic"), valueAt(args, index + 1)];
}
