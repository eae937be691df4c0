/** What the groups view groups by when nobody chose: who, towards what, on which port. */
import type { Grouping } from "#lib/flows/dimension.ts";
import type { Search } from "./search.ts";

export const DEFAULT_BY: readonly Grouping[] = ["workload", "group", "port"];

export function chosenBy(search: Pick<Search, "by">): readonly Grouping[] {
  return search.by.length === 0 ? DEFAULT_BY : search.by;
}
