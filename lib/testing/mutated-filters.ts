/** Filters as JSON text that were valid and then changed at random: in their values, their keys, their shape, and in the text itself. */
import fc from "fast-check";
import { clauseValue, flowFilterValue } from "#lib/filters/flow-filter-json.ts";
import { HOSTILE } from "./hostile-texts.ts";
import { RANDOM_VALUES, randomClauseOf, randomFilterOf } from "./random-filters.ts";

type Json = unknown;

const KEYS = Object.keys(RANDOM_VALUES);
const ODD: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(
    null,
    true,
    false,
    0,
    -1,
    1.5,
    1e300,
    2 ** 53,
    "",
    [],
    {},
    [[]],
    [null],
    [{}],
    "443-445",
    "(",
    "a{2,1}",
    "*",
    "((((",
    "\ud800",
  ),
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom(
    "(a+)+$",
    "(x|x)*y",
    "a".repeat(20_000),
    "(".repeat(2000),
    "[".repeat(500),
    "x,".repeat(500),
    "!".repeat(300),
    "1".repeat(400),
  ),
  fc.constantFrom(...KEYS),
  fc.jsonValue({ maxDepth: 3 }),
);

/** Where in a value, as numbers that are taken modulo what there is. */
const place = fc.array(fc.nat({ max: 20 }), { maxLength: 5 });

const shapeChange = fc.record({
  place,
  how: fc.constantFrom("replace", "remove", "repeat", "wrap", "rename", "camel", "add"),
  value: ODD,
  key: fc.constantFrom(...KEYS, "__proto__", "experimental", "constructor", "sub_type", "matchSubType", "toString"),
});

/** Another text where a text stands: the change that most often leaves something to be compiled. */
const textChange = fc.record({
  place: fc.array(fc.nat({ max: 20 }), { minLength: 8, maxLength: 8 }),
  how: fc.constant("replace"),
  value: fc.oneof(
    fc.constantFrom(...HOSTILE, "*.x", "a/b/c", "10.0.0.0/33", "8080 ", "4+", "k in (a", "(?i)a", "x{1001}"),
    fc.string({ maxLength: 12 }),
  ),
  key: fc.constant(""),
});

const change = fc.oneof({ weight: 3, arbitrary: textChange }, { weight: 2, arbitrary: shapeChange });

/** One cut or splice in the text, at a share of its length. */
const cut = fc.option(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    remove: fc.nat({ max: 3 }),
    insert: fc.constantFrom("", "[", "]", "{", "}", ",", ":", '"', "\\", "\\u", "0", "-", "e9", "null", "\0", "\ufeff", "//"),
  }),
  { freq: 1, nil: undefined },
);

const valid = fc
  .tuple(fc.boolean(), randomFilterOf(randomClauseOf(Object.keys(RANDOM_VALUES).filter(isKnown))))
  .map(([asAgents, filter]) => {
    const value = asAgents ? flowFilterValue : clauseValue;
    return { include: filter.include.map(value), exclude: filter.exclude.map(value) };
  });

export const mutatedFilterText: fc.Arbitrary<string> = fc
  .tuple(valid, fc.array(change, { minLength: 1, maxLength: 3 }), cut)
  .map(([filter, changes, splice]) => {
    const value = changes.reduce((json: Json, one) => changed(json, one.place, one), filter);
    const text = JSON.stringify(value) ?? "null";
    if (splice === undefined) return text;
    const at = Math.floor(splice.at * text.length);
    return text.slice(0, at) + splice.insert + text.slice(at + splice.remove);
  });

function isKnown(key: string): key is keyof typeof RANDOM_VALUES {
  return Object.hasOwn(RANDOM_VALUES, key);
}

interface Change {
  readonly how: string;
  readonly value: Json;
  readonly key: string;
}

function changed(json: Json, [step, ...rest]: readonly number[], one: Change): Json {
  if (step === undefined || typeof json !== "object" || json === null) return applied(json, one);
  const entries = Object.entries(json);
  const at = step % Math.max(entries.length, 1);
  const inner = entries.map(([key, value], index): [string, Json] => [key, index === at ? changed(value, rest, one) : value]);
  return Array.isArray(json) ? inner.map(([, value]) => value) : own(inner);
}

function applied(json: Json, { how, value, key }: Change): Json {
  if (how === "wrap") return [json];
  if (how === "replace" || typeof json !== "object" || json === null) return value;
  const entries: [string, Json][] = Object.entries(json);
  if (how === "remove") entries.pop();
  if (how === "repeat") entries.push(...entries.map(([name, inner]): [string, Json] => [`${name}x`, inner]));
  if (Array.isArray(json)) return [...entries.map(([, inner]) => inner), ...(how === "add" ? [value] : [])];
  if (how === "add") entries.push([key, value]);
  const names = (name: string): string =>
    how === "camel" ? name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()) : how === "rename" ? key : name;
  return own(entries.map(([name, inner]): [string, Json] => [names(name), inner]));
}

/** With `__proto__` as a key like any other. */
function own(entries: readonly (readonly [string, Json])[]): Json {
  const object: Record<string, Json> = {};
  for (const [key, value] of entries) Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  return object;
}
