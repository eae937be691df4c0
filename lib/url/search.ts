/** Everything a person chose, as it stands in the address bar, and how it is written there. */
import { EVERYTHING, type Filter } from "#lib/filters/filter.ts";
import type { Grouping } from "#lib/flows/dimension.ts";
import type { GroupOrder } from "#lib/questions/question.ts";
import type { Window } from "#lib/questions/window.ts";
import { encodeQuery } from "./encode-query.ts";
import { joinValues } from "./escape.ts";
import { type Entry, FILTER_NAMES, printFilter } from "./print-filter.ts";
import { printPaths } from "./read-choices.ts";
import { type ColumnChoice, printColumns } from "./read-columns.ts";
import { printWindow } from "./window-params.ts";

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
  /** New flows come in by themselves. */
  readonly live: boolean;
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
  live: false,
};

export const SINGLE_NAMES = ["from", "to", "q", "by", "order", "dir", "cols", "row", "open", "tab", "split", "zone", "live"] as const;

/** Every parameter that may be written, in the order of writing. */
export const PARAMETER_NAMES: readonly string[] = [...SINGLE_NAMES.slice(0, 3), ...FILTER_NAMES, ...SINGLE_NAMES.slice(3)];

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
  add("live", search.live ? "on" : "off", "off");
  return entries;
}

/** A link: `hrefOf("/groups", { ...search, row: "" })` is `/groups?from=now-24h&ns=checkout`. */
export function hrefOf(path: string, chosen: Partial<Search> = NOTHING_CHOSEN): string {
  const query = encodeQuery(searchEntries(chosen));
  return query === "" ? path : `${path}?${query}`;
}
