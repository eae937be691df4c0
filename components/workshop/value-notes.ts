/** What stands behind a value, for those who do not know its rule by heart: "whole namespace", "explicit deny", "HTTPS". */
import type { CriterionName } from "#lib/filters/criterion.ts";
import type { EventTypeValue } from "#lib/filters/filter.ts";
import { DROP_REASONS } from "#lib/flows/drop-reasons.ts";
import { portName } from "#lib/format/port-name.ts";

type Note = (value: string) => string;

/** As Cilium reads `namespace/prefix`. */
export function podNote(value: string): string {
  const [first = "", second] = value.split("/");
  if (value === "") return "";
  if (second === undefined) return "in namespace default";
  if (second === "") return first === "" ? "any pod" : "whole namespace";
  return first === "" ? "prefix, any namespace" : "prefix";
}

const port: Note = (value) => (/^\d{1,5}$/.test(value) ? portName(Number(value)) : "");

/** Only the two that policy means; the rest explain themselves as well as a word can. */
const dropReason: Note = (value) => {
  const known = DROP_REASONS.find(({ name }) => name === value);
  if (known === undefined) return "";
  return known.code === 181 ? "181, explicit deny" : known.code === 133 ? "133, default deny" : String(known.code);
};

const NOTES: { readonly [N in CriterionName]?: Note } = {
  source_pod: podNote,
  destination_pod: podNote,
  source_port: port,
  destination_port: port,
  drop_reason_desc: dropReason,
};

export function valueNote(criterion: CriterionName, value: string): string {
  return NOTES[criterion]?.(value) ?? "";
}

/** A sub type without `match_sub_type` asks for nothing, which nobody expects who wrote it. */
export function eventNote(value: EventTypeValue | undefined): string {
  const isIgnored = value?.sub_type !== undefined && value.match_sub_type !== true;
  return isIgnored ? `sub type ${value.sub_type}, ignored` : "";
}
