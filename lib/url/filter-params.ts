/**
 * A filter as parameters: `ns=checkout` includes, `not.ns=kube-system` excludes, `not=ns:a;port:53` excludes a combination, and
 * `filter=` holds as JSON what the short form cannot say (several include clauses, empty ones).
 */
import { type Clause, EVERYTHING, type Filter } from "#lib/filters/filter.ts";
import { readFilterText } from "#lib/filters/filter-schema.ts";
import { filterProblem } from "#lib/questions/problems.ts";
import { ClauseReader, textsOfClause } from "./clause-values.ts";
import { CRITERIA, type Criterion, criterionNamed } from "./criteria.ts";
import { joinValues, splitValues } from "./escape.ts";
import type { Unreadable } from "./unreadable.ts";

export type Entry = readonly [name: string, value: string];

export const FILTER_NAMES: readonly string[] = ["filter", "not", ...CRITERIA.flatMap(({ name }) => [name, `not.${name}`])];

const LISTS_NOTHING = "It is empty; write ~ for flows that have none.";
const BAD_ESCAPE = "The escape after ~ is unknown.";

export function printFilter(filter: Filter): readonly Entry[] {
  return printShort(filter) ?? [["filter", JSON.stringify({ include: filter.include, exclude: filter.exclude })]];
}

function printShort(filter: Filter): readonly Entry[] | undefined {
  const [only, ...others] = filter.include;
  if (others.length > 0) return undefined;
  const included = only === undefined ? [] : textsOfClause(only);
  if (included === undefined) return undefined;
  const single = new Map<Criterion, Set<string>>();
  const compound: Entry[] = [];
  for (const clause of filter.exclude) {
    const excluded = textsOfClause(clause);
    const [first, ...more] = excluded ?? [];
    if (excluded === undefined || first === undefined) return undefined;
    if (more.length === 0) {
      const known = single.get(first.criterion) ?? new Set();
      single.set(first.criterion, new Set([...known, ...first.texts]));
    } else {
      compound.push(["not", excluded.map(({ criterion, texts }) => `${criterion.name}:${joinValues(texts)}`).join(";")]);
    }
  }
  return [
    ...included.map(({ criterion, texts }): Entry => [criterion.name, joinValues(texts)]),
    ...CRITERIA.flatMap((criterion): Entry[] => {
      const texts = single.get(criterion);
      return texts === undefined ? [] : [[`not.${criterion.name}`, joinValues([...texts])]];
    }),
    ...compound,
  ];
}

/** Reads what is about the filter and leaves the rest. A parameter may be repeated; its values add up. */
export function readFilter(entries: readonly Entry[]): { readonly filter: Filter; readonly unreadable: readonly Unreadable[] } {
  const whole = entries.filter(([name]) => name === "filter");
  if (whole.length > 0) return readWhole(whole, entries);
  const unreadable: Unreadable[] = [];
  const include = new ClauseReader();
  const exclude = new Map<string, ClauseReader>();
  const compound: Clause[] = [];
  for (const [name, value] of entries) {
    if (name === "not") {
      const clause = readCompound(value, unreadable);
      if (clause !== undefined) compound.push(clause);
      continue;
    }
    const criterion = criterionNamed(name.replace(/^not\./, ""));
    if (criterion === undefined) continue;
    const reader = name.startsWith("not.") ? (exclude.get(criterion.name) ?? new ClauseReader()) : include;
    if (reader !== include) exclude.set(criterion.name, reader);
    readList(reader, criterion, value, (text, why) => unreadable.push({ name, value: text, why }));
  }
  const included = include.clause();
  const excluded = CRITERIA.flatMap(({ name }) => exclude.get(name)?.clause() ?? []);
  const filter = { include: included === undefined ? [] : [included], exclude: [...excluded, ...compound] };
  return { filter, unreadable };
}

function readWhole(whole: readonly Entry[], entries: readonly Entry[]): { filter: Filter; unreadable: readonly Unreadable[] } {
  const [first, ...again] = whole;
  const read = readFilterText(first?.[1] ?? "");
  const beside = entries.filter(([name]) => name !== "filter" && isFilterName(name));
  return {
    filter: read.filter ?? EVERYTHING,
    unreadable: [
      ...(read.problem === undefined ? [] : [{ name: "filter", value: first?.[1] ?? "", why: filterProblem(read.problem).detail }]),
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
function readCompound(text: string, unreadable: Unreadable[]): Clause | undefined {
  const reader = new ClauseReader();
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
