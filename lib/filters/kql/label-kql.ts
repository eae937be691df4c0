/** Label selectors over the JSON text of a label array. */
import type { KqlFact } from "../kql-columns.ts";
import { type LabelRequirement, parseRequirements } from "../label-selector.ts";
import { cidrRegex } from "./cidr-regex.ts";
import { elementRegex, IN_STRING } from "./json-regex.ts";
import { allOf, anyOf, jsonMatches } from "./kql-tests.ts";
import { KqlRefusal, type KqlWriter } from "./kql-writer.ts";
import { labelWith, labelWithout } from "./label-regex.ts";

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
  const isThere = operator === "exists" || operator === "absent";
  if (operator === "<" || operator === ">") throw new KqlRefusal("KQL compares label values as texts here, not as numbers.");
  if (key.range !== undefined && !isThere) throw new KqlRefusal("KQL can ask whether a cidr: label is there, not for its value.");
  const label = key.range === undefined ? labelWith(key, undefined) : `cidr:${cidrRegex(key.range)}(?:=${IN_STRING}*)?`;
  const test = jsonMatches(write, fact, isThere ? elementRegex(label) : firstOf(labelWithout(key), labelWith(key, values)));
  return operator === "absent" || operator === "notin" ? `not(${test})` : test;
}

/** More than one label may answer a key, and the first counts: whatever stands before it has not the key. */
function firstOf(others: string, wanted: string): string {
  return String.raw`^\[(?:"(?:${others})",)*"(?:${wanted})"`;
}
