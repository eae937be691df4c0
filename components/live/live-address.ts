/** Where the live flows of a search come from. */
import { encodeQuery } from "#lib/url/encode-query.ts";
import { type Search, searchEntries } from "#lib/url/search.ts";

/** `rows`: rows at most at once; 0 = only that something came. */
export function liveAddress({ window, filter, text }: Pick<Search, "window" | "filter" | "text">, rows: number): string {
  return `/live?${encodeQuery([...searchEntries({ window, filter, text }), ["rows", String(rows)]])}`;
}
