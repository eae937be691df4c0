/** FlowFilters as JSON that an agent and the hubble CLI read: keys in the proto message's order, nothing invisible in it. */
import { criteriaOf } from "./edit-filter.ts";
import type { Clause, EventTypeValue, WorkloadValue } from "./filter.ts";
import type { FlowFilter } from "./to-cilium.ts";

/** Control, format (bidirectional among them), separator and unassigned characters, and halves of surrogate pairs. */
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}]/gu;

const FIELD_ORDER = ["type", "match_sub_type", "sub_type", "name", "kind"];

/** One line. */
export function flowFilterJson({ experimental, ...cilium }: FlowFilter): string {
  const clause: Clause = cilium;
  const ordered = criteriaOf(clause).map((name): [string, unknown] => [name, clause[name]?.map(inOrder)]);
  if (experimental) ordered.push(["experimental", experimental]);
  return escapeInvisible(JSON.stringify(Object.fromEntries(ordered)));
}

function inOrder(value: string | number | EventTypeValue | WorkloadValue): unknown {
  if (typeof value !== "object") return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => FIELD_ORDER.indexOf(a) - FIELD_ORDER.indexOf(b)));
}

function escapeInvisible(json: string): string {
  return json.replace(INVISIBLE, (character) =>
    Array.from({ length: character.length }, (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`).join(""),
  );
}
