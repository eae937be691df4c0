/** The bar on every view: window, chips, a field for more, facets, and the link to send. */
import { IconFileExport, IconFilter } from "@tabler/icons-react";
import { CopyFilterMenu } from "#components/copy-as/copy-filter-menu.tsx";
import type { FilterCopy } from "#components/copy-as/filter-copy.ts";
import { pageHref } from "#components/shell/pages.ts";
import button from "#components/ui/button.module.css";
import { LinkButton } from "#components/ui/link-button.tsx";
import { WindowPicker } from "#components/window-picker/window-picker.tsx";
import { EVERYTHING } from "#lib/filters/filter.ts";
import type { Coverage } from "#lib/questions/answer.ts";
import type { ResolvedWindow } from "#lib/questions/window.ts";
import { hrefOf, type Search } from "#lib/url/search.ts";
import type { Unreadable } from "#lib/url/unreadable.ts";
import { AddFilter } from "./add-filter.tsx";
import chipCss from "./chip.module.css";
import { chipModels } from "./chip-model.ts";
import { CopyLink } from "./copy-link.tsx";
import css from "./filter-bar.module.css";
import { FilterChip } from "./filter-chip.tsx";
import { UnreadableNotice } from "./unreadable-notice.tsx";

interface Props {
  readonly path: string;
  readonly search: Search;
  readonly unreadable: readonly Unreadable[];
  readonly asked: ResolvedWindow;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly span: Coverage["span"];
  /** Where the facets are: nowhere, in a drawer at any width, or in a drawer below 1200 px. */
  readonly facets: "none" | "drawer" | "side";
  /** The filter in the languages of other tools. */
  readonly copies: readonly FilterCopy[];
}

export function FilterBar({ path, search, unreadable, asked, now, span, facets, copies }: Props) {
  const chips = chipModels(path, search);
  return (
    <>
      <section className={css.bar} aria-label="Window and filter">
        <WindowPicker path={path} search={search} asked={asked} now={now} span={span} />
        <span className={css.rule} />
        {chips.length > 0 && (
          <ul className={chipCss.chips} aria-label="Filters">
            {chips.map((chip) => (
              <FilterChip key={chip.id} chip={chip} />
            ))}
          </ul>
        )}
        <AddFilter path={path} search={search} />
        <div className={css.end}>
          {chips.length > 1 && (
            <LinkButton href={hrefOf(path, { ...search, filter: EVERYTHING, text: "" })} look="plain">
              Clear all
            </LinkButton>
          )}
          {facets !== "none" && (
            <button
              type="button"
              className={`${button.button} ${css.facetsButton}`}
              data-look="plain"
              data-wide={facets === "drawer"}
              popoverTarget="facets"
            >
              <IconFilter size={14} stroke={1.5} aria-hidden="true" />
              Facets
            </button>
          )}
          <LinkButton href={pageHref("/exporter", search)} look="plain">
            <IconFileExport size={14} stroke={1.5} aria-hidden="true" />
            Open in exporter
          </LinkButton>
          <CopyFilterMenu copies={copies} />
          <CopyLink />
        </div>
      </section>
      <UnreadableNotice unreadable={unreadable} />
    </>
  );
}
