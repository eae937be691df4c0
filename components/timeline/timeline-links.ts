/** Where the timeline leads. Worked out on the server, for what reads and writes the address bar weighs too much for the browser. */
import { withOnly } from "#lib/filters/edit-filter.ts";
import type { Timeline } from "#lib/questions/answer.ts";
import { OTHER_GROUPS } from "#lib/questions/reference-timeline.ts";
import { hrefOf, type Search } from "#lib/url/search.ts";

export interface TimelineLinks {
  readonly splits: { readonly reason: string; readonly group: string };
  /** The same timeline as a picture or in numbers, whichever it is not. */
  readonly otherView: string;
  /** The page as it is, without a window: a zoom adds its own. */
  readonly unwindowed: string;
  /** Only one series' group, in the order of the series; undefined where it cannot be chosen. */
  readonly groups: readonly (string | undefined)[];
  /** Only one new sender, in the order of the answer. */
  readonly fresh: readonly string[];
}

const TABLE = "table";

export function isTable(search: Search): boolean {
  return search.tab === TABLE;
}

export function timelineLinks(timeline: Timeline, search: Search): TimelineLinks {
  const only = (criterion: "group" | "workload", value: string): string =>
    hrefOf("/", { ...search, filter: withOnly(search.filter, criterion, value) });
  return {
    splits: { reason: hrefOf("/", { ...search, split: "reason" }), group: hrefOf("/", { ...search, split: "group" }) },
    otherView: hrefOf("/", { ...search, tab: isTable(search) ? "" : TABLE }),
    unwindowed: hrefOf("/", { ...search, window: undefined }),
    groups: search.split === "reason" ? [] : timeline.series.map(({ name }) => (name === OTHER_GROUPS ? undefined : only("group", name))),
    fresh: timeline.fresh.map(({ workload }) => only("workload", workload)),
  };
}
