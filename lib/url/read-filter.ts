/** A filter out of parameters, the reverse of `print-filter.ts`. */
import { type Clause, EVERYTHING, type Filter } from "#lib/filters/filter.ts";
import { ClauseReader } from "./clause-reader.ts";
import { CRITERIA, type Criterion, criterionNamed } from "./criteria.ts";
import { splitValues } from "./escape.ts";
import type { Judge } from "./judge.ts";
import type { Entry } from "./print-filter.ts";
import type { Unreadable } from "./unreadable.ts";

const LISTS_NOTHING = "It is empty; write ~ for flows that have none.";
const BAD_ESCAPE = "The escape after ~ is unknown.";

/** Reads what is about the filter and leaves the rest. A parameter may be repeated; its values add up. */
export function readFilter(
  entries: readonly Entry[],
  judge: Judge,
): { readonly filter: Filter; readonly unreadable: readonly Unreadable[] } {
  const whole = entries.filter(([name]) => name === "filter");
  if (whole.length > 0) return readWhole(whole, entries, judge);
  const unreadable: Unreadable[] = [];
  const include = new ClauseReader(judge);
  const exclude = new Map<string, ClauseReader>();
  const compound: Clause[] = [];
  for (const [name, value] of entries) {
    if (name === "not") {
      const clause = readCompound(value, unreadable, judge);
      if (clause !== undefined) compound.push(clause);
      continue;
    }
    const criterion = criterionNamed(name.replace(/^not\./, ""));
    if (criterion === undefined) continue;
    const reader = name.startsWith("not.") ? (exclude.get(criterion.name) ?? new ClauseReader(judge)) : include;
    if (reader !== include) exclude.set(criterion.name, reader);
    readList(reader, criterion, value, (text, why) => unreadable.push({ name, value: text, why }));
  }
  const included = include.clause();
  const excluded = CRITERIA.flatMap(({ name }) => exclude.get(name)?.clause() ?? []);
  const filter = { include: included === undefined ? [] : [included], exclude: [...excluded, ...compound] };
  return { filter, unreadable };
}

function readWhole(
  whole: readonly Entry[],
  entries: readonly Entry[],
  judge: Judge,
): { filter: Filter; unreadable: readonly Unreadable[] } {
  const [first, ...again] = whole;
  const read = judge.whole(first?.[1] ?? "");
  const beside = entries.filter(([name]) => name !== "filter" && isFilterName(name));
  return {
    filter: read.filter ?? EVERYTHING,
    unreadable: [
      ...(read.why === undefined ? [] : [{ name: "filter", value: first?.[1] ?? "", why: read.why }]),
      ...again.map(([name, value]) => ({ name, value, why: "There can be only one." })),
      ...beside.map(([name, value]) => ({ name, value, why: "The parameter filter already holds the whole filter." })),
    ],
  };
}

export function isFilterName(name: string): boolean {
  return name === "filter" || name === "not" || criterionNamed(name.replace(/^not\./, "")) !== undefined;
}

function readList(reader: ClauseReader, criterion: Criterion, list: string, complain: (text: string, why: string) => void): void {
  for (const { text, value } of splitValues(list)) {
    const why = value === undefined ? (text === "" ? LISTS_NOTHING : BAD_ESCAPE) : reader.add(criterion, value);
    if (why !== undefined) complain(text, why);
  }
}

/** An exclusion of a combination is read whole or not at all: with a criterion less it would exclude too much. */
function readCompound(text: string, unreadable: Unreadable[], judge: Judge): Clause | undefined {
  const reader = new ClauseReader(judge);
  const troubles: Unreadable[] = [];
  const complain = (why: string): number => troubles.push({ name: "not", value: text, why });
  for (const part of text.split(";")) {
    const colon = part.indexOf(":");
    const criterion = criterionNamed(part.slice(0, Math.max(colon, 0)));
    if (criterion === undefined) complain("It should read like ns:checkout;port:443.");
    else readList(reader, criterion, part.slice(colon + 1), (_value, why) => complain(why));
  }
  unreadable.push(...troubles.slice(0, 1));
  return troubles.length === 0 ? reader.clause() : undefined;
}
