/** Reads everything a person chose from parameters; how strictly a filter's values are looked at is the caller's choice. */
import { GROUP_ORDERS } from "#lib/questions/question.ts";
import type { Judge } from "./judge.ts";
import type { Entry } from "./print-filter.ts";
import { type Complain, readGroupings, readOneOf, readPaths, readRow, readTab, readText } from "./read-choices.ts";
import { readColumns } from "./read-columns.ts";
import { isFilterName, readFilter } from "./read-filter.ts";
import { NOTHING_CHOSEN, type Search, SINGLE_NAMES, SPLITS, ZONES } from "./search.ts";
import type { Unreadable } from "./unreadable.ts";
import { readWindow } from "./window-params.ts";

/** What Next hands a page, or what a request carries. */
export type Params = URLSearchParams | Readonly<Record<string, string | readonly string[] | undefined>>;

export interface SearchRead {
  readonly search: Search;
  readonly unreadable: readonly Unreadable[];
}

/** Never throws: what cannot be read is named, and the rest is used. `alsoKnown` are names that the caller reads itself. */
export function readSearchWith(judge: Judge, params: Params, alsoKnown: readonly string[] = []): SearchRead {
  const entries = entriesOf(params);
  const unreadable: Unreadable[] = [];
  const single = (name: (typeof SINGLE_NAMES)[number]): string | undefined => {
    const [first, ...again] = entries.filter((entry) => entry[0] === name);
    for (const [, value] of again) unreadable.push({ name, value, why: "There can be only one." });
    return first?.[1];
  };
  const complain =
    (name: string): Complain =>
    (value, why) =>
      unreadable.push({ name, value, why });
  for (const [name, value] of entries) {
    if (isFilterName(name) || alsoKnown.includes(name) || SINGLE_NAMES.some((known) => known === name)) continue;
    unreadable.push({ name, value, why: "Weir has no parameter of this name." });
  }
  const window = readWindow(single("from"), single("to"));
  const filter = readFilter(entries, judge);
  unreadable.push(...window.unreadable, ...filter.unreadable);
  const search: Search = {
    window: window.window,
    filter: filter.filter,
    text: readText(single("q") ?? "", complain("q")),
    by: readGroupings(single("by"), complain("by")),
    order: readOneOf(GROUP_ORDERS, single("order"), NOTHING_CHOSEN.order, complain("order")),
    descending: readOneOf(["desc", "asc"] as const, single("dir"), "desc", complain("dir")) === "desc",
    columns: readColumns(single("cols"), complain("cols")),
    row: readRow(single("row") ?? "", complain("row")),
    open: readPaths(single("open"), complain("open")),
    tab: readTab(single("tab") ?? "", complain("tab")),
    split: readOneOf(SPLITS, single("split"), NOTHING_CHOSEN.split, complain("split")),
    live: readOneOf(["off", "on"] as const, single("live"), "off", complain("live")) === "on",
    zone: readOneOf(ZONES, single("zone"), NOTHING_CHOSEN.zone, complain("zone")),
  };
  return { search, unreadable };
}

function entriesOf(params: Params): readonly Entry[] {
  if (params instanceof URLSearchParams) return [...params];
  return Object.entries(params).flatMap(([name, value]): Entry[] => {
    if (value === undefined) return [];
    return typeof value === "string" ? [[name, value]] : value.map((item): Entry => [name, item]);
  });
}
