/** Addresses of Weir's own API: the same search parameters as a view, and the endpoint's own. */
import { encodeQuery } from "./encode-query.ts";
import { type Search, searchEntries } from "./search.ts";

/** Rows of an export at most. */
export const EXPORT_CAPS = { groups: 50_000, flows: 200_000 } as const;

/** `apiHref("groups", search, { limit: 50 })` is `/api/v1/groups?ns=checkout&limit=50`. */
export function apiHref(endpoint: string, search: Partial<Search>, own: Readonly<Record<string, string | number>> = {}): string {
  const query = encodeQuery([...searchEntries(search), ...Object.entries(own).map(([name, value]) => [name, String(value)] as const)]);
  return query === "" ? `/api/v1/${endpoint}` : `/api/v1/${endpoint}?${query}`;
}
