/** What of an address goes along to another page: the question, not how this page shows its answer. */
import type { Search } from "#lib/url/search.ts";

export function questionOf({ window, filter, text, zone }: Search): Pick<Search, "window" | "filter" | "text" | "zone"> {
  return { window, filter, text, zone };
}
