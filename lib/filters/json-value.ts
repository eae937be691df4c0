/** Readers of criterion values in JSON, as forgiving and as strict as protojson: the form in which an agent reads a filter. */
import { z } from "zod";
import { shortened } from "./criterion.ts";
import { integerOf } from "./json-text.ts";

const UINT32 = 2 ** 32;
const INT32 = 2 ** 31;
const UINT64 = 2n ** 64n;
/** A number at the text's beginning, which ends where no number goes on: the rest is not looked at (protobuf-go, encoding/protojson). */
const NUMBER_TEXT = /^(-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)(?![-+._a-zA-Z0-9])(?:$|.*\S$)/su;

/** Strings stay strings: `443` is no port, `"443"` is. */
export const textList = z.array(z.string());

/** Whole numbers, also as `2.0`, `"2"` or `"1e1"`; names never. */
export const uint32List = z.array(integer(0, UINT32));

export const boolList = z.array(z.boolean());

/** The same up to 64 bits; the answer is decimal text. */
export const uint64List = z.array(wholeNumber(0n, UINT64).transform(String));

/**
 * An enum's names, or any of its numbers, known or not. The answer is the name; of a number that is no name in `old`, the names that every
 * agent knows, the number as text: agents take the number where they do not know the name.
 */
export function enumList(names: ReadonlyMap<number, string>, what: string, old: ReadonlyMap<number, string> = names) {
  const known = new Set(names.values());
  const name = z.string().refine((text) => known.has(text), { error: `no ${what} of that name` });
  const number = z
    .number()
    .refine((value) => Number.isInteger(value) && value >= -INT32 && value < INT32)
    .transform((value) => old.get(value) ?? String(value));
  return z.array(z.union([name, number], { error: (issue) => `${quoted(issue.input)} is no ${what}` }));
}

/** Messages in a list: both key spellings, no unknown key, no key twice; `null` is the same as absent. */
export function messageList<S extends z.ZodRawShape>(shape: S) {
  return z.array(z.preprocess(snakeKeys, z.strictObject(shape)));
}

export const int32Field = absentIfNull(integer(-INT32, INT32));
export const uint32Field = absentIfNull(integer(0, UINT32));
export const boolField = absentIfNull(z.boolean());
export const textField = absentIfNull(z.string());

function absentIfNull<T extends z.ZodType>(schema: T) {
  return z.preprocess((value) => (value === null ? undefined : value), schema.optional()).optional();
}

function integer(least: number, below: number) {
  return wholeNumber(BigInt(least), BigInt(below)).transform(Number);
}

/** A number, or a text that begins with one. */
function wholeNumber(least: bigint, below: bigint) {
  return z
    .unknown()
    .transform((value) => exactInteger(value) ?? NOT_WHOLE)
    .refine((value) => value >= least && value < below, { error: "not a whole number in range" });
}

/** Outside every range. */
const NOT_WHOLE = 2n ** 65n;

function exactInteger(value: unknown): bigint | undefined {
  if (typeof value === "bigint") return value;
  if (typeof value === "number") return Number.isInteger(value) ? BigInt(value) : undefined;
  const number = typeof value === "string" ? NUMBER_TEXT.exec(value)?.[1] : undefined;
  return number === undefined ? undefined : integerOf(number);
}

/** `subType` and `sub_type` are one key; both at once are refused as a duplicate. Keys are kept apart from `__proto__` and the like. */
export function snakeKeys(value: unknown, context: z.core.ParsePayload | z.RefinementCtx): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const entries = new Map<string, unknown>();
  for (const [key, inner] of Object.entries(value)) {
    const name = snakeCase(key);
    if (entries.has(name)) {
      context.issues.push({ code: "custom", path: [key], message: `duplicate field "${key}"`, input: value });
      return z.NEVER;
    }
    entries.set(name, inner);
  }
  return Object.fromEntries(entries);
}

/** lowerCamelCase as protojson writes it; anything else stays as it is, and so stays unknown. */
export function snakeCase(key: string): string {
  if (!/^[a-z][a-zA-Z0-9]*$/.test(key)) return key;
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Lists and objects are not shown: they may be nested deeper than JSON can be written. */
function quoted(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "an object";
  return shortened(typeof value === "bigint" ? String(value) : (JSON.stringify(value) ?? String(value)));
}
