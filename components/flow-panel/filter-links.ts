/** Where the panel's values and buttons lead: the same page with another filter or window, the flow still open. */
import { type TextCriterion, withExcluded, withIncluded, withOnly } from "#lib/filters/edit-filter.ts";
import type { FlowRow } from "#lib/questions/answer.ts";
import { hrefOf, type Search } from "#lib/url/search.ts";

const AROUND_MS = 5 * 60_000;

export interface ValueLinks {
  readonly only: string;
  readonly exclude: string;
}

export function valueLinks(search: Search, criterion: TextCriterion, value: string): ValueLinks {
  return {
    only: hrefOf("/flows", { ...search, filter: withIncluded(search.filter, criterion, value) }),
    exclude: hrefOf("/flows", { ...search, row: "", filter: withExcluded(search.filter, criterion, value) }),
  };
}

/** The footer's three. Excluding the sender closes the panel: its flow would no longer be in the list. */
export function footLinks(search: Search, row: FlowRow) {
  const at = Date.parse(row.time);
  return {
    onlyPod: hrefOf("/flows", { ...search, filter: withOnly(search.filter, "pod", row.pod) }),
    exclude: hrefOf("/flows", { ...search, row: "", filter: withExcluded(search.filter, "pod", row.pod) }),
    around: hrefOf("/flows", {
      ...search,
      window: { from: new Date(at - AROUND_MS).toISOString(), to: new Date(at + AROUND_MS).toISOString() },
    }),
  };
}
