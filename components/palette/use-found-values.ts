"use client";
/** What the window holds under a name, whatever the filter: the palette looks beyond what is shown. */
import { useEffect, useState } from "react";
import { valueWords } from "#components/facets/facet-words.ts";
import { fetchFacets } from "#components/facets/fetch-facets.ts";
import { PAGES } from "#components/shell/pages.ts";
import { withIncluded } from "#lib/filters/edit-filter.ts";
import { EVERYTHING } from "#lib/filters/filter.ts";
import type { Dimension } from "#lib/flows/dimension.ts";
import type { Facet } from "#lib/questions/answer.ts";
import { hrefOf, type Search } from "#lib/url/search.ts";

const LOOKED_AT: readonly Dimension[] = ["pod", "workload", "namespace", "group", "ip", "name", "port"];
const PER_DIMENSION = 4;
const REST = 120;

export interface FoundValue {
  readonly id: string;
  readonly dimension: Dimension;
  readonly text: string;
  readonly note: string;
  readonly attempts: number;
  readonly href: string;
}

interface Found {
  readonly query: string;
  /** Undefined = the server did not answer. */
  readonly values: readonly FoundValue[] | undefined;
}

export function useFoundValues(
  search: Search,
  path: string,
  query: string,
): { readonly values: readonly FoundValue[]; readonly note: string } {
  const wanted = query.trim();
  const [found, setFound] = useState<Found>({ query: "", values: [] });
  useEffect(() => {
    if (wanted === "") return;
    const stop = new AbortController();
    const timer = setTimeout(async () => {
      const everything = { window: search.window, filter: EVERYTHING, text: "" };
      const facets = await fetchFacets({
        search: everything,
        dimensions: LOOKED_AT,
        find: wanted,
        limit: PER_DIMENSION,
        signal: stop.signal,
      });
      if (!stop.signal.aborted) setFound({ query: wanted, values: facets === undefined ? undefined : foundValues(facets, search, path) });
    }, REST);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [wanted, search, path]);
  if (wanted === "") return { values: [], note: "" };
  return { values: found.values ?? [], note: noteOf(found, wanted) };
}

/** Each leads to the page one is on, about this value alone; pages without a question lead to the overview. */
export function foundValues(facets: readonly Facet[], search: Pick<Search, "window" | "zone">, path: string): readonly FoundValue[] {
  const to = PAGES.find((page) => page.path === path && page.path !== "/coverage")?.path ?? "/";
  return facets.flatMap(({ dimension, values }) =>
    values.map(({ value, attempts }) => {
      const filter = withIncluded(EVERYTHING, dimension, value ?? "");
      const { text, note } = valueWords(dimension, value);
      return {
        id: `${dimension} ${value ?? ""}`,
        dimension,
        text,
        note,
        attempts,
        href: hrefOf(to, { window: search.window, zone: search.zone, filter }),
      };
    }),
  );
}

function noteOf(found: Found, wanted: string): string {
  if (found.query !== wanted) return "Looking";
  if (found.values === undefined) return "The server did not answer.";
  return found.values.length === 0 ? "Nothing in this window has this in its name." : "";
}
