/** What the answer is made of, to narrow it by a click: one facet per dimension, counts without the facet's own choice. */
import { IconChevronDown, IconX } from "@tabler/icons-react";
import { Failed } from "#components/states/failed.tsx";
import type { Dimension } from "#lib/flows/dimension.ts";
import { formatCount } from "#lib/format/format-count.ts";
import type { Answer, Facet } from "#lib/questions/answer.ts";
import type { Search } from "#lib/url/search.ts";
import { FacetList } from "./facet-list.tsx";
import { facetRows } from "./facet-model.ts";
import { FACET_WORDS } from "./facet-words.ts";
import css from "./facets.module.css";

/** In the order of the panel; the last ones start closed. */
export const FACETS: readonly Dimension[] = ["reason", "namespace", "workload", "group", "port", "protocol", "policy", "node", "cluster"];
const CLOSED: ReadonlySet<Dimension> = new Set(["protocol", "policy", "node", "cluster"]);
/** Values that come with the page; search finds the others. */
export const FACET_VALUES = 20;

interface Props {
  readonly answer: Answer<readonly Facet[]>;
  readonly path: string;
  readonly search: Search;
}

export function FacetsPanel({ answer, path, search }: Props) {
  return (
    <>
      <button type="button" className={css.close} popoverTarget="facets" popoverTargetAction="hide" aria-label="Close facets">
        <IconX size={16} stroke={1.5} aria-hidden="true" />
      </button>
      {answer.problem ? (
        <Failed problem={answer.problem} />
      ) : (
        answer.answer.map((facet) => <OneFacet key={facet.dimension} facet={facet} path={path} search={search} />)
      )}
    </>
  );
}

function OneFacet({ facet, path, search }: { readonly facet: Facet; readonly path: string; readonly search: Search }) {
  const rows = facetRows(facet, path, search);
  const { title, many } = FACET_WORDS[facet.dimension];
  const isOpen = !CLOSED.has(facet.dimension) || rows.some((row) => row.choice !== "open");
  return (
    <details className={css.facet} open={isOpen}>
      <summary>
        <h2>{title}</h2>
        {facet.dimension !== "reason" && facet.unavailable === undefined && <span className={css.total}>{formatCount(facet.total)}</span>}
        <IconChevronDown className={css.arrow} size={12} stroke={1.6} aria-hidden="true" />
      </summary>
      {facet.unavailable !== undefined ? (
        <p className={css.note}>Not available. {facet.unavailable}</p>
      ) : rows.length === 0 ? (
        <p className={css.note}>none</p>
      ) : (
        <FacetList
          dimension={facet.dimension}
          many={many}
          rows={rows}
          total={Math.max(facet.total, rows.length)}
          path={path}
          search={search}
        />
      )}
    </details>
  );
}
