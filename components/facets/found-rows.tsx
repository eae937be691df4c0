"use client";
/** Values of a facet that contain a text, from everything that is stored and not only from what the page holds. */
import { useEffect, useState } from "react";
import type { Dimension } from "#lib/flows/dimension.ts";
import type { Search } from "#lib/url/search.ts";
import { type FacetRowModel, facetRow } from "./facet-model.ts";
import { FacetRow } from "./facet-row.tsx";
import css from "./facets.module.css";
import { fetchFacets } from "./fetch-facets.ts";

interface Props {
  readonly dimension: Dimension;
  readonly many: string;
  readonly find: string;
  readonly path: string;
  readonly search: Search;
}

interface Found {
  readonly find: string;
  /** Undefined = the server did not answer. */
  readonly rows: readonly FacetRowModel[] | undefined;
}

export function FoundRows({ dimension, many, find, path, search }: Props) {
  const [found, setFound] = useState<Found>({ find: "", rows: [] });
  useEffect(() => {
    const stop = new AbortController();
    const timer = setTimeout(async () => {
      const facets = await fetchFacets({ search, dimensions: [dimension], find, limit: 20, signal: stop.signal });
      const rows = facets?.[0]?.values.map((value) => facetRow(value, dimension, path, search));
      if (!stop.signal.aborted) setFound({ find, rows });
    }, 120);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [dimension, find, path, search]);
  return (
    <>
      <ul className={css.rows}>
        {found.rows?.map((row) => (
          <FacetRow key={row.value} row={row} />
        ))}
      </ul>
      <p className={css.note} role="status">
        {noteOf(found, find, many)}
      </p>
    </>
  );
}

function noteOf(found: Found, find: string, many: string): string {
  if (found.find !== find) return "Looking";
  if (found.rows === undefined) return "The server did not answer.";
  return found.rows.length === 0 ? `None of the ${many} contains this.` : "";
}
