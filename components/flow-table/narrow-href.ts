/** Where a value's Only and Exclude lead. A module of its own, fetched at the first click: it knows every criterion, the list need not. */
import { withExcluded, withOnly } from "#lib/filters/edit-filter.ts";
import { hrefOf, type Search } from "#lib/url/search.ts";
import type { NarrowCriterion, NarrowHow } from "./narrow.ts";

/** Excluding closes the open flow, which would no longer be in the list. */
export function narrowHref(search: Search, criterion: NarrowCriterion, value: string, how: NarrowHow): string {
  const edit = how === "only" ? withOnly : withExcluded;
  return hrefOf("/flows", { ...search, row: how === "only" ? search.row : "", filter: edit(search.filter, criterion, value) });
}
