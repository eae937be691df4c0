/** Boolean KQL over one or two columns, never null: what the spelling of each criterion is put together from. */
import type { KqlFact } from "../kql-columns.ts";
import type { KqlWriter } from "./kql-writer.ts";

export function anyOf(terms: readonly string[]): string {
  if (terms.length === 0) return "false";
  return terms.length === 1 ? (terms[0] ?? "false") : `(${terms.join(" or ")})`;
}

export function allOf(terms: readonly string[]): string {
  if (terms.length === 0) return "true";
  return terms.length === 1 ? (terms[0] ?? "true") : `(${terms.join(" and ")})`;
}

/** Exact, case-sensitive equality with any of the texts; the empty one stands for absent. */
export function textIn(write: KqlWriter, fact: KqlFact, values: readonly string[]): string {
  const column = write.column(fact);
  const texts = values.filter((value) => value !== "");
  const terms = values.length > texts.length ? [`isempty(${column})`] : [];
  if (texts.length > 0) terms.push(`${column} in (${write.list(texts)})`);
  return anyOf(terms);
}

/** Equality with any of the numbers, none of which may be the one that stands for absent. */
export function numberIn(write: KqlWriter, fact: KqlFact, values: readonly number[], absent: number): string {
  return `coalesce(${write.column(fact)}, ${typed(fact, absent)}) in (${write.list(values)})`;
}

/** `coalesce` wants one type: identities are long, everything else is int. */
function typed(fact: KqlFact, value: number): string {
  return fact.endsWith("_identity") ? `long(${value})` : `int(${value})`;
}

/** A search over the JSON text of an array or object column, which is empty where the column is null. */
export function jsonMatches(write: KqlWriter, fact: KqlFact, pattern: string): string {
  return `tostring(${write.column(fact)}) matches regex ${write.text(pattern)}`;
}
