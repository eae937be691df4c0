/** The values of one clause as plain texts per criterion, and back: what parameters and compound exclusions are made of. */
import type { Clause, EventTypeValue, WorkloadValue } from "#lib/filters/filter.ts";
import { readFilter } from "#lib/filters/filter-schema.ts";
import { CRITERIA, type Criterion, type EventKey, type NumberKey, type TextKey, type WorkloadKey } from "./criteria.ts";

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

function textOf(value: string | number | WorkloadValue | EventTypeValue): string | undefined {
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

/** Collects criteria into one clause, saying why a text is not readable. */
export class ClauseReader {
  readonly #texts: { [K in TextKey]?: readonly string[] } = {};
  readonly #numbers: { [K in NumberKey]?: readonly number[] } = {};
  readonly #workloads: { [K in WorkloadKey]?: readonly WorkloadValue[] } = {};
  readonly #events: { [K in EventKey]?: readonly EventTypeValue[] } = {};

  /** Undefined when the value was taken, else why not. Values said twice count once. */
  add(criterion: Criterion, text: string): string | undefined {
    switch (criterion.kind) {
      case "text": {
        const why = criterion.check?.(text) ?? meaningTrouble(criterion, text);
        if (why === undefined) this.#texts[criterion.key] = distinct([...(this.#texts[criterion.key] ?? []), text]);
        return why;
      }
      case "number": {
        const value = readNumber(text);
        if (value === undefined) return "This is no whole number from 0 to 4294967295.";
        const why = meaningTrouble(criterion, value);
        if (why !== undefined) return why;
        this.#numbers[criterion.key] = distinct([...(this.#numbers[criterion.key] ?? []), value]);
        return undefined;
      }
      case "workload": {
        const known = this.#workloads[criterion.key] ?? [];
        const value = readWorkload(text);
        if (value === undefined) return "A workload is a name or Kind/name.";
        const why = meaningTrouble(criterion, value);
        if (why !== undefined) return why;
        if (!known.some((other) => textOf(other) === textOf(value))) this.#workloads[criterion.key] = [...known, value];
        return undefined;
      }
      case "event": {
        const known = this.#events[criterion.key] ?? [];
        const value = readEvent(text);
        if (value === undefined) return "An event type is a number, or type:subtype.";
        const why = meaningTrouble(criterion, value);
        if (why !== undefined) return why;
        if (!known.some((other) => textOf(other) === textOf(value))) this.#events[criterion.key] = [...known, value];
        return undefined;
      }
    }
  }

  /** Undefined when nothing was taken. */
  clause(): Clause | undefined {
    const clause = { ...this.#texts, ...this.#numbers, ...this.#workloads, ...this.#events };
    return Object.keys(clause).length === 0 ? undefined : clause;
  }
}

/** What the criterion itself says of a value, as a sentence. */
function meaningTrouble(criterion: Criterion, value: string | number | WorkloadValue | EventTypeValue): string | undefined {
  const reason = readFilter({ include: [{ [criterion.key]: [value] }] }).problem?.reason;
  return reason === undefined ? undefined : `${reason.slice(0, 1).toUpperCase()}${reason.slice(1)}.`;
}

function distinct<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values)];
}

function readNumber(text: string): number | undefined {
  return /^(?:0|[1-9]\d{0,9})$/.test(text) && Number(text) <= 0xffffffff ? Number(text) : undefined;
}

function readWorkload(text: string): WorkloadValue | undefined {
  const slash = text.indexOf("/");
  const kind = slash < 0 ? "" : text.slice(0, slash);
  const name = text.slice(slash + 1);
  if (kind === "" && name === "") return undefined;
  if (kind === "") return { name };
  return name === "" ? { kind } : { name, kind };
}

function readEvent(text: string): EventTypeValue | undefined {
  const [typeText = "", subText] = text.split(":", 2);
  const type = readNumber(typeText);
  if (type === undefined || text.split(":").length > 2) return undefined;
  if (subText === undefined) return { type };
  const subType = readNumber(subText);
  return subType === undefined ? undefined : { type, match_sub_type: true, sub_type: subType };
}
