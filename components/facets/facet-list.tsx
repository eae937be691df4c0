"use client";
/** The values of one facet: the biggest five, more on demand, and a search that asks the server. */
import { IconSearch } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import type { Dimension } from "#lib/flows/dimension.ts";
import { formatCount } from "#lib/format/format-count.ts";
import type { Search } from "#lib/url/search.ts";
import type { FacetRowModel } from "./facet-model.ts";
import { FacetRow } from "./facet-row.tsx";
import css from "./facets.module.css";

const FoundRows = dynamic(() => import("./found-rows.tsx").then((module) => module.FoundRows), { ssr: false });

const SHOWN = 5;
const SEARCH_FROM = 8;

interface Props {
  readonly dimension: Dimension;
  /** "namespaces" */
  readonly many: string;
  readonly rows: readonly FacetRowModel[];
  /** Values in all. */
  readonly total: number;
  readonly path: string;
  readonly search: Search;
}

export function FacetList({ dimension, many, rows, total, path, search }: Props) {
  const [find, setFind] = useState("");
  const [isWhole, setWhole] = useState(false);
  const isShort = rows.length <= SHOWN + 1;
  const shown = isWhole || isShort ? rows : rows.filter((row, index) => index < SHOWN || row.choice !== "open");
  const hidden = total - shown.length;
  return (
    <>
      {total >= SEARCH_FROM && (
        <label className={css.search}>
          <IconSearch size={12} stroke={1.6} aria-hidden="true" />
          <input
            type="search"
            value={find}
            onChange={(event) => setFind(event.target.value)}
            placeholder={`Search ${formatCount(total)} ${many}`}
            aria-label={`Search ${many}`}
            maxLength={200}
          />
        </label>
      )}
      {find.trim() === "" ? (
        <>
          <ul className={css.rows}>
            {shown.map((row) => (
              <FacetRow key={row.value} row={row} />
            ))}
          </ul>
          {hidden > 0 && !isWhole && (
            <button type="button" className={css.more} onClick={() => setWhole(true)}>
              {formatCount(hidden)} more
            </button>
          )}
          {isWhole && total > rows.length && <p className={css.note}>The {rows.length} biggest. Search finds the others.</p>}
        </>
      ) : (
        <FoundRows dimension={dimension} many={many} find={find.trim()} path={path} search={search} />
      )}
    </>
  );
}
