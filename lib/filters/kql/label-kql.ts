/** Label selectors over the JSON text of a label array. */

import type { KqlFact } from "../kql-columns.ts";
import type { SelectorKey } from "../label-key.ts";
import { type LabelRequirement, parseRequirements } from "../label-selector.ts";
import { cidrRegex } from "./cidr-regex.ts";
import { BEFORE_COLON, elementRegex, IN_STRING, literalRegex } from "./json-regex.ts";
import { allOf, anyOf, jsonMatches } from "./kql-tests.ts";
import { KqlRefusal, type KqlWriter } from "./kql-writer.ts";

const SOURCE = String.raw`(?:(?:[^":$\\]|\\.)${BEFORE_COLON}*)?`;

export function selectedBy(write: KqlWriter, fact: KqlFact, selectors: readonly string[]): string {
  return anyOf(
    selectors.map((selector) => {
      const parsed = parseRequirements(selector);
      if ("reason" in parsed) throw new KqlRefusal(parsed.reason);
      return allOf(parsed.requirements.map((one) => requirement(write, fact, one)));
    }),
  );
}

function requirement(write: KqlWriter, fact: KqlFact, { key, operator, values }: LabelRequirement): string {
  switch (operator) {
    case "exists":
      return jsonMatches(write, fact, existsRegex(key));
    case "absent":
      return `not(${jsonMatches(write, fact, existsRegex(key))})`;
    case "in":
      return valueIn(write, fact, key, values);
    case "notin":
      return `not(${valueIn(write, fact, key, values)})`;
    default:
      return compared(write, fact, key, operator, values[0] ?? "");
  }
}

/** More than one label may answer a key, and the first counts: its value is taken out and compared, not searched for. */
function valueIn(write: KqlWriter, fact: KqlFact, key: SelectorKey, values: readonly string[]): string {
  const { pattern, groups } = capturing(key, `(${IN_STRING}*)`, `(${BEFORE_COLON}*)`);
  const { labels, regex, value } = taken(write, fact, pattern, groups);
  const texts = values.filter((one) => one !== "");
  const terms = values.length > texts.length ? [`isempty(${value})`] : [];
  if (texts.length > 0) terms.push(`${value} in (${write.list(texts)})`);
  return `(${labels} matches regex ${regex} and ${anyOf(terms)})`;
}

/** Values that are no 64-bit integer meet neither `<` nor `>`. */
function compared(write: KqlWriter, fact: KqlFact, key: SelectorKey, operator: "<" | ">", bound: string): string {
  const number = String.raw`\+([0-9]+)|(-?[0-9]+)`;
  const { pattern, groups } = capturing(key, `(?:${number}|${IN_STRING}*)`, `(?:${number}|${BEFORE_COLON}*)`, 2);
  const { value } = taken(write, fact, pattern, groups);
  return `coalesce(tolong(${value}) ${operator} ${write.number(Number(bound))}, false)`;
}

function taken(write: KqlWriter, fact: KqlFact, pattern: string, groups: number) {
  const labels = `tostring(${write.column(fact)})`;
  const regex = write.text(pattern);
  const pieces = Array.from({ length: groups }, (_, index) => `extract(${regex}, ${index + 1}, ${labels})`);
  return { labels, regex, value: pieces.length === 1 ? pieces[0] : `strcat(${pieces.join(", ")})` };
}

function existsRegex(key: SelectorKey): string {
  if (key.range === undefined) return capturing(key, `${IN_STRING}*`, `${BEFORE_COLON}*`).pattern;
  return elementRegex(`cidr:${cidrRegex(key.range)}(?:=${IN_STRING}*)?`);
}

/** A key without a source is answered by any source and by none; a label without a source holds no colon. `$x` is `reserved:x`. */
function capturing(
  key: SelectorKey,
  value: string,
  plainValue: string,
  perValue = 1,
): { readonly pattern: string; readonly groups: number } {
  if (key.range !== undefined) throw new KqlRefusal("KQL can ask whether a cidr: label is there, not for its value.");
  const [source, name] = [literalRegex(key.source), literalRegex(key.key)];
  if (source === undefined || name === undefined)
    throw new KqlRefusal("The label key holds characters that JSON may write in more than one way.");
  const legacy = key.source === "any" || key.source === "reserved" ? [String.raw`\$${name}`] : [];
  if (key.source !== "any") return { pattern: elementRegex([`${source}:${name}(?:=${value})?`, ...legacy].join("|")), groups: perValue };
  const forms = [`${SOURCE}:${name}(?:=${value})?`, `${name}(?:=${plainValue})?`, ...legacy];
  return { pattern: elementRegex(forms.join("|")), groups: 2 * perValue };
}
