/** Words that a line must hold for a filter to let its flow through: the cluster's index finds these, and reads no other line's JSON. */
import type { Clause, Filter } from "#lib/filters/filter.ts";
import { parsePrefix } from "#lib/filters/ip-address.ts";
import type { TableSettings } from "./table-rows.ts";

/** What both records of a packet say alike, and what a line writes as it is asked for. */
const CRITERIA = ["ip", "destination_ip", "source_ip", "node"] as const satisfies readonly (keyof Clause)[];
/** No JSON writer escapes these, and a term of the index begins and ends with them. */
const PLAIN = /^[A-Za-z0-9](?:[A-Za-z0-9.:_-]*[A-Za-z0-9])?$/;
/** Below this the index knows no terms. */
const SHORTEST = 3;
const MOST = 100;

/**
 * One of these stands in every line that counts; empty = nothing is known of these values, undefined = of such a filter. Values make no
 * difference between the two, so that the text of a query does not depend on them.
 */
export function wordsOf({ include }: Filter, { shape }: TableSettings): readonly string[] | undefined {
  if (shape === "typed" || include.length === 0) return undefined;
  const found = include.map(wordsOfClause);
  const words = new Set<string>();
  for (const lists of found) {
    if (lists.length === 0) return undefined;
    for (const word of lists.find((list) => list.every(isWord)) ?? [""]) words.add(word);
  }
  return words.size <= MOST && !words.has("") ? [...words] : [];
}

function wordsOfClause(clause: Clause): readonly (readonly string[])[] {
  return CRITERIA.map((name) => clause[name] ?? []).filter((values) => values.length > 0);
}

/** Whether a line that says this value holds it letter by letter, between two ends of terms. */
export function isWord(value: string): boolean {
  return value.length >= SHORTEST && PLAIN.test(value) && parsePrefix(value) === undefined;
}
