/** Everything a person chose, as it stands in the address bar: read from parameters and written back as the same few. */
import { EVERYTHING, type Filter } from "#lib/filters/filter.ts";
import type { Grouping } from "#lib/flows/dimension.ts";
import { GROUP_ORDERS, type GroupOrder } from "#lib/questions/question.ts";
import type { Window } from "#lib/questions/window.ts";
import { encodeQuery } from "./encode-query.ts";
import { joinValues } from "./escape.ts";
import { type Entry, FILTER_NAMES, isFilterName, printFilter, readFilter } from "./filter-params.ts";
import { type Complain, printPaths, readGroupings, readOneOf, readPaths, readRow, readTab, readText } from "./read-choices.ts";
import { type ColumnChoice, printColumns, readColumns } from "./read-columns.ts";
import type { Unreadable } from "./unreadable.ts";
import { printWindow, readWindow } from "./window-params.ts";

export const SPLITS = ["reason", "group"] as const;
export const ZONES = ["utc", "local"] as const;

export interface Search {
  /** Undefined = none chosen, the store's span decides. */
  readonly window: Window | undefined;
  readonly filter: Filter;
  /** Free text over names. */
  readonly text: string;
  /** Empty = the page's own. */
  readonly by: readonly Grouping[];
  readonly order: GroupOrder;
  readonly descending: boolean;
  /** Shown columns in their order; empty = the page's own. */
  readonly columns: readonly ColumnChoice[];
  /** Id of the open flow, empty = none. */
  readonly row: string;
  /** Opened groups: the values from the first dimension down, the empty text for "has none". */
  readonly open: readonly (readonly string[])[];
  /** Empty = the first. */
  readonly tab: string;
  readonly split: (typeof SPLITS)[number];
  readonly zone: (typeof ZONES)[number];
}

export const NOTHING_CHOSEN: Search = {
  window: undefined,
  filter: EVERYTHING,
  text: "",
  by: [],
  order: "attempts",
  descending: true,
  columns: [],
  row: "",
  open: [],
  tab: "",
  split: "reason",
  zone: "utc",
};

/** What Next hands a page, or what a request carries. */
export type Params = URLSearchParams | Readonly<Record<string, string | readonly string[] | undefined>>;

const SINGLE_NAMES = ["from", "to", "q", "by", "order", "dir", "cols", "row", "open", "tab", "split", "zone"] as const;

/** Every parameter that may be written. */
export const PARAMETER_NAMES: readonly string[] = [...SINGLE_NAMES, ...FILTER_NAMES];

/**
 * Never throws: what cannot be read is named, and the rest is used. `alsoKnown` are names that the caller reads itself.
 */
export function readSearch(
  params: Params,
  alsoKnown: readonly string[] = [],
): { readonly search: Search; readonly unreadable: readonly Unreadable[] } {
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
  const filter = readFilter(entries);
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
    zone: readOneOf(ZONES, single("zone"), NOTHING_CHOSEN.zone, complain("zone")),
  };
  return { search, unreadable };
}

/** Only what differs from nothing chosen, always in the same order. */
export function searchEntries(chosen: Partial<Search>): readonly Entry[] {
  const search = { ...NOTHING_CHOSEN, ...chosen };
  const entries: Entry[] = [...printWindow(search.window)];
  const add = (name: (typeof SINGLE_NAMES)[number], value: string, unwritten = ""): void => {
    if (value !== unwritten) entries.push([name, value]);
  };
  add("q", search.text);
  entries.push(...printFilter(search.filter));
  if (search.by.length > 0) add("by", joinValues(search.by));
  add("order", search.order, NOTHING_CHOSEN.order);
  add("dir", search.descending ? "desc" : "asc", "desc");
  add("cols", printColumns(search.columns));
  add("row", search.row);
  if (search.open.length > 0) add("open", printPaths(search.open));
  add("tab", search.tab);
  add("split", search.split, NOTHING_CHOSEN.split);
  add("zone", search.zone, NOTHING_CHOSEN.zone);
  return entries;
}

/** A link: `hrefOf("/groups", { ...search, row: "" })` is `/groups?from=now-24h&ns=checkout`. */
export function hrefOf(path: string, chosen: Partial<Search> = NOTHING_CHOSEN): string {
  const query = encodeQuery(searchEntries(chosen));
  return query === "" ? path : `${path}?${query}`;
}

function entriesOf(params: Params): readonly Entry[] {
  if (params instanceof URLSearchParams) return [...params];
  return Object.entries(params).flatMap(([name, value]): Entry[] => {
    if (value === undefined) return [];
    return typeof value === "string" ? [[name, value]] : value.map((item): Entry => [name, item]);
  });
}
