/** FlowFilters as JSON that an agent and the hubble CLI read: keys in the proto message's order, nothing invisible in it. */
import { TCP_FLAGS } from "#lib/flows/flow-detail.ts";
import type { AnyValue, CriterionName } from "./criterion.ts";
import { criteriaOf } from "./edit-filter.ts";
import type { Clause } from "./filter.ts";
import type { FlowFilter } from "./to-cilium.ts";

/** Control, format (bidirectional among them), separator and unassigned characters, and halves of surrogate pairs. */
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** Inside the messages: event types, workloads and interfaces, headers, flags. */
const FIELD_ORDER: readonly string[] = ["type", "match_sub_type", "sub_type", "index", "name", "kind", "key", "value", ...TCP_FLAGS];

/** Their numbers are no names: `2` means something to an agent, and `"2"` nothing. */
const ENUMS: ReadonlySet<CriterionName> = new Set(["verdict", "traffic_direction", "drop_reason_desc", "ip_version"]);

/** One line. */
export function flowFilterJson(filter: FlowFilter): string {
  return escapeInvisible(JSON.stringify(flowFilterValue(filter)));
}

/** The same as a plain value. */
export function flowFilterValue(filter: FlowFilter): Readonly<Record<string, unknown>> {
  const { cel_expression, ...rest } = clauseValue(filter);
  return cel_expression === undefined ? rest : { ...rest, experimental: { cel_expression } };
}

/** A clause of Weir's or of Cilium's as JSON that `readFilter` reads as the same clause. */
export function clauseValue(clause: Clause): Readonly<Record<string, unknown>> {
  return Object.fromEntries(criteriaOf(clause).map((name): [string, unknown] => [name, clause[name]?.map((value) => jsonOf(name, value))]));
}

/** One value. */
export function jsonOf(name: CriterionName, value: AnyValue): unknown {
  if (typeof value === "string") return ENUMS.has(name) && /^-?\d{1,10}$/.test(value) ? Number(value) : value;
  if (typeof value !== "object") return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => FIELD_ORDER.indexOf(a) - FIELD_ORDER.indexOf(b)));
}

function escapeInvisible(json: string): string {
  return json.replace(INVISIBLE, (character) =>
    Array.from({ length: character.length }, (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`).join(""),
  );
}
