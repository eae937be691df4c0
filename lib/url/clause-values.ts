/** The values of one clause as plain texts, and each text back as its value: what parameters and compound exclusions are made of. */
import type { Clause, EventTypeValue, WorkloadValue } from "#lib/filters/filter.ts";
import { CRITERIA, type Criterion } from "./criteria.ts";

export type ClauseValue = string | number | WorkloadValue | EventTypeValue;

/** Texts per criterion, in writing order; undefined = this clause needs JSON. */
export function textsOfClause(clause: Clause): readonly { readonly criterion: Criterion; readonly texts: readonly string[] }[] | undefined {
  const found: { criterion: Criterion; texts: readonly string[] }[] = [];
  for (const criterion of CRITERIA) {
    const texts = textsOf(clause, criterion);
    if (texts === "needs-json") return undefined;
    if (texts !== undefined) found.push({ criterion, texts });
  }
  return found.length === 0 ? undefined : found;
}

function textsOf(clause: Clause, criterion: Criterion): readonly string[] | undefined | "needs-json" {
  const values = clause[criterion.key];
  if (values === undefined) return undefined;
  if (values.length === 0) return "needs-json";
  const texts = new Set<string>();
  for (const value of values) {
    const text = textOf(value);
    if (text === undefined) return "needs-json";
    texts.add(text);
  }
  return [...texts];
}

export function textOf(value: ClauseValue): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "number") return numberText(value);
  return isWorkload(value) ? workloadText(value) : eventText(value);
}

function isWorkload(value: WorkloadValue | EventTypeValue): value is WorkloadValue {
  return "name" in value || "kind" in value;
}

function numberText(value: number): string | undefined {
  return readNumber(String(value)) === value ? String(value) : undefined;
}

/** `1`, or `1:130` where the sub type counts too. */
function eventText({ type, match_sub_type: matched, sub_type: subType }: EventTypeValue): string | undefined {
  const text = type === undefined ? undefined : numberText(type);
  if (matched === undefined && subType === undefined) return text;
  const subText = subType === undefined || matched !== true ? undefined : numberText(subType);
  return text === undefined || subText === undefined ? undefined : `${text}:${subText}`;
}

/** `name`, or `Kind/name`; a name with a slash gets a slash in front. */
function workloadText({ name = "", kind = "" }: WorkloadValue): string | undefined {
  if (kind.includes("/") || (name === "" && kind === "")) return undefined;
  return kind === "" && !name.includes("/") ? name : `${kind}/${name}`;
}

export function readNumber(text: string): number | undefined {
  return /^(?:0|[1-9]\d{0,9})$/.test(text) && Number(text) <= 0xffffffff ? Number(text) : undefined;
}

export function readWorkload(text: string): WorkloadValue | undefined {
  const slash = text.indexOf("/");
  const kind = slash < 0 ? "" : text.slice(0, slash);
  const name = text.slice(slash + 1);
  if (kind === "" && name === "") return undefined;
  if (kind === "") return { name };
  return name === "" ? { kind } : { name, kind };
}

export function readEvent(text: string): EventTypeValue | undefined {
  const [typeText = "", subText] = text.split(":", 2);
  const type = readNumber(typeText);
  if (type === undefined || text.split(":").length > 2) return undefined;
  if (subText === undefined) return { type };
  const subType = readNumber(subText);
  return subType === undefined ? undefined : { type, match_sub_type: true, sub_type: subType };
}
