/** A filter as a sentence: "blocked egress of pods in prod to port 443, except 10.0.0.0/8". */

import { reasonsAsNoun } from "./criteria/cause-dimensions.ts";
import { either } from "./criteria/say.ts";
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
  const what = phrases(clause, ["traffic_direction", "reason", "verdict", "drop_reason_desc"]).join(" ");
  const tail = rest(clause);
  if (what !== "") return `${what}${tail}`;
  if (tail === "") return "everything";
  return /^ (?:marked|for) /.test(tail) ? `flows${tail}` : tail.replace(/^ (?:of|to|over|on|by|with) /, "");
}

/** Directions and reasons make the noun: "explicit denies", "blocked ingress", "egress with verdict AUDIT". */
function subject(clause: Clause): string {
  const direction = clause.traffic_direction?.length
    ? CRITERIA.traffic_direction.phrase(valueTexts(clause, "traffic_direction"))
    : "egress";
  const outcomes = phrases(clause, ["verdict", "drop_reason_desc"]);
  const outcome = outcomes.length === 0 ? "" : ` with ${outcomes.join(" and ")}`;
  if (!clause.reason?.length) return outcome === "" ? `blocked ${direction}` : `${direction}${outcome}`;
  const noun = clause.traffic_direction?.length ? `${reasonsAsNoun(clause.reason)} of ${direction}` : reasonsAsNoun(clause.reason);
  return `${noun}${outcome}`;
}

/** What a flow is with, and what it is marked as; all other criteria stand where their records say. */
const WITH: readonly CriterionName[] = [
  "event_type",
  "tcp_flags",
  "dns_query",
  "http_method",
  "http_path",
  "http_url",
  "http_header",
  "http_status_code",
  "ip_version",
  "uuid",
  "trace_id",
  "ip_trace_id",
];
const MARKS: readonly CriterionName[] = ["reply", "encrypted"];

function rest(clause: Clause): string {
  const destinations = phrasesAt(clause, "destination");
  const protocols = phrases(clause, ["protocol"]);
  return [
    led("of", phrasesAt(clause, "sender")),
    led("to", destinations),
    led(destinations.length > 0 ? "on" : "to", phrasesAt(clause, "port")),
    led("over", protocols),
    led("on", phrasesAt(clause, "where")),
    led("by", phrasesAt(clause, "other")),
    led("with", phrases(clause, WITH)),
    led("marked as", phrases(clause, MARKS)),
    led("for which", valueTexts(clause, "cel_expression").length > 0 ? [either(valueTexts(clause, "cel_expression"))] : []),
  ].join("");
}

function led(preposition: string, words: readonly string[]): string {
  return words.length === 0 ? "" : ` ${preposition} ${words.join(` and ${preposition === "of" ? "of " : ""}`)}`;
}

function phrasesAt(clause: Clause, place: SentencePlace): string[] {
  const elsewhere: readonly CriterionName[] = [...WITH, ...MARKS, "protocol"];
  return phrases(
    clause,
    criteriaOf(clause).filter((name) => CRITERIA[name].place === place && !elsewhere.includes(name)),
  );
}

function phrases(clause: Clause, names: readonly CriterionName[]): string[] {
  return names.filter((name) => clause[name]?.length).map((name) => CRITERIA[name].phrase(valueTexts(clause, name)));
}

function joined(pieces: readonly string[]): string {
  if (pieces.length < 2) return pieces[0] ?? "";
  return `${pieces.slice(0, -1).join(", ")} and ${pieces.at(-1)}`;
}
