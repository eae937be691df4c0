/** A question's filter over dictionary ids: the tests run once per dictionary entry, SQL only sees the ids that passed. */
import { BIT, DuckDBBitValue } from "@duckdb/node-api";
import type { TypedValue, Values } from "./database.ts";

/** Columns of `sessions` that hold dictionary ids or ports. */
export type IdColumn = "sender" | "place" | "event" | "policies" | "node" | "sip" | "ip" | "sport" | "dport" | "frame" | "detail";

/** The ids of one row, by column; `uuid` is asked only where a filter names uuids. */
export interface RowToTest {
  readonly ids: (column: IdColumn) => number;
  readonly uuid: string;
}

export type Predicate =
  | { readonly is: "all" | "none" }
  /** `passes[id + shift]`: ports start at -1, so their shift is 1. */
  | { readonly is: "ids"; readonly column: IdColumn; readonly passes: Uint8Array; readonly shift: number }
  | { readonly is: "uuid"; readonly test: (uuid: string) => boolean; readonly withoutUuid: Predicate }
  | { readonly is: "and" | "or"; readonly of: readonly Predicate[] }
  | { readonly is: "not"; readonly of: Predicate };

export const ALL: Predicate = { is: "all" };
export const NONE: Predicate = { is: "none" };

export function both(is: "and" | "or", list: readonly Predicate[]): Predicate {
  const [absorbing, neutral] = is === "and" ? (["none", "all"] as const) : (["all", "none"] as const);
  if (list.some((one) => one.is === absorbing)) return { is: absorbing };
  const of = list.filter((one) => one.is !== neutral);
  if (of.length === 0) return { is: neutral };
  return of.length === 1 && of[0] ? of[0] : { is, of };
}

export function not(of: Predicate): Predicate {
  if (of.is === "all") return NONE;
  if (of.is === "none") return ALL;
  return of.is === "not" ? of.of : { is: "not", of };
}

export function idsPass(column: IdColumn, passes: Uint8Array, shift = 0): Predicate {
  if (passes.every((one) => one === 0)) return NONE;
  if (passes.every((one) => one === 1)) return ALL;
  return { is: "ids", column, passes, shift };
}

export function passes(predicate: Predicate, row: RowToTest): boolean {
  switch (predicate.is) {
    case "all":
      return true;
    case "none":
      return false;
    case "ids":
      return predicate.passes[row.ids(predicate.column) + predicate.shift] === 1;
    case "uuid":
      return predicate.test(row.uuid);
    case "and":
      return predicate.of.every((one) => passes(one, row));
    case "or":
      return predicate.of.some((one) => passes(one, row));
    case "not":
      return !passes(predicate.of, row);
  }
}

export interface Condition {
  /** A boolean expression over the columns of `sessions`, with parameters. */
  readonly sql: string;
  readonly values: Values;
}

/** Up to so many ids are compared one by one; beyond, a bit string is looked into. */
const LISTED = 32;

/** `prefix` keeps parameter names of several conditions in one statement apart. For sessions none of whose flows has a uuid named. */
export function toCondition(predicate: Predicate, prefix = "p"): Condition {
  const values: Record<string, number | TypedValue> = {};
  const name = (value: number | TypedValue): string => {
    const key = `${prefix}${Object.keys(values).length}`;
    values[key] = value;
    return `$${key}`;
  };
  const write = (node: Predicate): string => {
    switch (node.is) {
      case "all":
        return "TRUE";
      case "none":
        return "FALSE";
      case "uuid":
        return write(node.withoutUuid);
      case "not":
        return `NOT (${write(node.of)})`;
      case "and":
      case "or":
        return node.of.map((one) => `(${write(one)})`).join(node.is === "and" ? " AND " : " OR ");
      case "ids":
        return writeIds(node.column, node.passes, node.shift, name);
    }
  };
  return { sql: write(predicate), values };
}

function writeIds(column: IdColumn, bits: Uint8Array, shift: number, name: (value: number | TypedValue) => string): string {
  let count = 0;
  for (const bit of bits) count += bit;
  const listed = (wanted: number): string[] => {
    const found: string[] = [];
    for (let index = 0; index < bits.length; index++) if (bits[index] === wanted) found.push(name(index - shift));
    return found;
  };
  if (count <= LISTED) return `"${column}" IN (${listed(1).join(", ")})`;
  if (bits.length - count <= LISTED) return `"${column}" NOT IN (${listed(0).join(", ")})`;
  const value = DuckDBBitValue.fromLengthAndPredicate(bits.length, (index) => bits[index] === 1);
  return `get_bit(${name({ value, type: BIT })}, ("${column}" + ${shift})::INTEGER) = 1`;
}

/** Equal texts mean equal predicates: what answers are cached by. */
export function predicateKey(predicate: Predicate): string {
  switch (predicate.is) {
    case "all":
    case "none":
      return predicate.is;
    case "ids":
      // Ids that came later and do not pass change nothing.
      return `${predicate.column}:${Buffer.from(predicate.passes.subarray(0, predicate.passes.lastIndexOf(1) + 1)).toString("latin1")}`;
    case "uuid":
      return "uuid";
    case "not":
      return `not(${predicateKey(predicate.of)})`;
    default:
      return `${predicate.is}(${predicate.of.map(predicateKey).join("|")})`;
  }
}
