/** A filter as a sentence: "blocked egress of pods in prod to port 443, except 10.0.0.0/8". */

import { reasonsAsNoun } from "./criteria/cause-dimensions.ts";
import { CRITERIA } from "./criteria.ts";
import type { CriterionName, SentencePlace } from "./criterion.ts";
import { valueTexts } from "./criterion-text.ts";
import { criteriaOf } from "./edit-filter.ts";
import type { Clause, Filter } from "./filter.ts";

/** Starts in lower case and has no full stop, so that it fits into a sentence or under a heading. */
export function describeFilter(filter: Filter): string {
  const shown =
    filter.include.length === 0 ? "blocked egress" : filter.include.map((clause) => subject(clause) + rest(clause)).join(", or ");
  const left = filter.exclude.map(describeClause);
  return left.length === 0 ? shown : `${shown}, except ${joined(left)}`;
}

/** One clause without its subject: "pods in prod to port 443". */
export function describeClause(clause: Clause): string {
  const what = phrasesAt(clause, "what").join(" ");
  const tail = rest(clause);
  if (what !== "") return `${what}${tail}`;
  return tail === "" ? "everything" : tail.replace(/^ (?:of|to|on|by) /, "");
}

/** Directions and reasons make the noun: "explicit denies", "blocked ingress", "egress with verdict AUDIT". */
function subject(clause: Clause): string {
  const direction = clause.traffic_direction?.length ? CRITERIA.traffic_direction.phrase(clause.traffic_direction) : "egress";
  if (clause.reason?.length)
    return clause.traffic_direction?.length ? `${reasonsAsNoun(clause.reason)} of ${direction}` : reasonsAsNoun(clause.reason);
  const others = phrases(
    clause,
    criteriaOf(clause).filter((name) => name === "verdict" || name === "drop_reason_desc"),
  );
  return others.length === 0 ? `blocked ${direction}` : `${direction} with ${others.join(" and ")}`;
}

function rest(clause: Clause): string {
  const destinations = phrasesAt(clause, "destination");
  const ports = phrasesAt(clause, "port");
  return [
    led("of", phrasesAt(clause, "sender")),
    led("to", destinations),
    led(destinations.length > 0 ? "on" : "to", ports),
    led("on", phrasesAt(clause, "where")),
    led("by", phrasesAt(clause, "other")),
  ].join("");
}

function led(preposition: string, words: readonly string[]): string {
  return words.length === 0 ? "" : ` ${preposition} ${words.join(` and ${preposition === "of" ? "of " : ""}`)}`;
}

function phrasesAt(clause: Clause, place: SentencePlace): string[] {
  return phrases(
    clause,
    criteriaOf(clause).filter((name) => CRITERIA[name].place === place),
  );
}

function phrases(clause: Clause, names: readonly CriterionName[]): string[] {
  return names.map((name) => CRITERIA[name].phrase(valueTexts(clause, name)));
}

function joined(pieces: readonly string[]): string {
  if (pieces.length < 2) return pieces[0] ?? "";
  return `${pieces.slice(0, -1).join(", ")} and ${pieces.at(-1)}`;
}
