/** Readers of criterion values in JSON, as forgiving and as strict as protojson: the form in which an agent reads a filter. */
import { z } from "zod";
import { shortened } from "./criterion.ts";

const UINT32 = 2 ** 32;
const INT32 = 2 ** 31;
const UINT64 = 2n ** 64n;
const NUMBER_TEXT = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;

/** Strings stay strings: `443` is no port, `"443"` is. */
export const textList = z.array(z.string());

/** Whole numbers, also as `2.0`, `"2"` or `"1e1"`; names never. */
export const uint32List = z.array(integer(0, UINT32));

export const boolList = z.array(z.boolean());

/** The same up to 64 bits; the answer is decimal text. */
export const uint64List = z.array(
  z
    .union(
      [
        z.bigint().refine((value) => value >= 0n && value < UINT64),
        wholeNumber(0, Number.MAX_SAFE_INTEGER + 1),
        z
          .string()
          .regex(/^(?:0|[1-9][0-9]{0,19})$/)
          .transform(BigInt)
          .refine((value) => value < UINT64),
      ],
      { error: (issue) => `${quoted(issue.input)} is not a whole number in range` },
    )
    .transform(String),
);

/** An enum's names, or any of its numbers, known or not; the answer is the name, or the number as text where agents of all versions may not know one. */
export function enumList(names: ReadonlyMap<number, string>, what: string) {
  const known = new Set(names.values());
  const name = z.string().refine((text) => known.has(text), { error: `no ${what} of that name` });
  const number = wholeNumber(-INT32, INT32).transform((value) => names.get(value) ?? String(value));
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

function wholeNumber(least: number, below: number) {
  return z.number().refine((value) => Number.isInteger(value) && value >= least && value < below, { error: "not a whole number in range" });
}

function integer(least: number, below: number) {
  const number = wholeNumber(least, below);
  const text = z.string().regex(NUMBER_TEXT, { error: "not a whole number" }).transform(Number).pipe(number);
  return z.union([number, text], { error: (issue) => `${quoted(issue.input)} is not a whole number in range` });
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
  return shortened(JSON.stringify(value) ?? String(value));
}
