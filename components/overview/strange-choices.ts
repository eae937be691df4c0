/** What an address asks of the overview that it cannot show: named in the notice, not swallowed. */
import { isTable } from "#components/timeline/timeline-links.ts";
import { DESTINATION_LEVELS, type Grouping, SENDER_LEVELS } from "#lib/flows/dimension.ts";
import type { Search } from "#lib/url/search.ts";
import type { Unreadable } from "#lib/url/unreadable.ts";
import { destinationLevel, senderLevel } from "./levels.ts";

const LEVELS: readonly Grouping[] = [...SENDER_LEVELS, ...DESTINATION_LEVELS];

export function strangeChoices(search: Search): readonly Unreadable[] {
  const shown: readonly Grouping[] = [senderLevel(search.by), destinationLevel(search.by)];
  const by = search.by.filter((grouping) => !shown.includes(grouping));
  return [
    ...by.map((value) => ({
      name: "by",
      value,
      why: LEVELS.includes(value) ? "The overview counts each side by one level." : `The overview counts by ${LEVELS.join(", ")}.`,
    })),
    ...(search.tab === "" || isTable(search) ? [] : [{ name: "tab", value: search.tab, why: "The overview has no such view." }]),
  ];
}
