"use client";
/** Above the table: what it is grouped by, the usual combinations, columns, export. */
import { IconChevronRight, IconPlus } from "@tabler/icons-react";
import { Fragment } from "react";
import { ExportMenu } from "#components/export/export-menu.tsx";
import { Dropdown } from "#components/ui/dropdown.tsx";
import { MenuLink } from "#components/ui/menu-link.tsx";
import { MenuUnavailable } from "#components/ui/menu-unavailable.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import type { Grouping } from "#lib/flows/dimension.ts";
import { type Unavailable, whyUnavailable } from "#lib/questions/unavailable.ts";
import type { ColumnChoice } from "#lib/url/read-columns.ts";
import { hrefOf, type Search } from "#lib/url/search.ts";
import { addable, combinations, sameBy } from "./by-choices.ts";
import { DimensionMenu } from "./dimension-menu.tsx";
import { groupingWord } from "./dimension-words.ts";
import { GroupColumnsMenu } from "./group-columns-menu.tsx";
import css from "./groups-toolbar.module.css";

interface Props {
  readonly search: Search;
  readonly by: readonly Grouping[];
  readonly columns: readonly ColumnChoice[];
  readonly onColumns: (columns: readonly ColumnChoice[]) => void;
  readonly unavailable: Unavailable;
}

export function GroupsToolbar({ search, by, columns, onColumns, unavailable }: Props) {
  const href = (next: readonly Grouping[]): string => hrefOf("/groups", { ...search, by: next, open: [], row: "" });
  const more = addable(by);
  return (
    <div className={css.bar}>
      <span className={css.lead}>Group by</span>
      {by.map((grouping, at) => (
        <Fragment key={grouping}>
          {at > 0 && <IconChevronRight className={css.then} size={12} stroke={1.6} aria-hidden="true" />}
          <DimensionMenu search={search} by={by} at={at} unavailable={unavailable} />
        </Fragment>
      ))}
      {more.length > 0 && (
        <Dropdown
          className={css.add}
          look="plain"
          name="Group by one more dimension"
          label={<IconPlus size={14} stroke={1.6} aria-hidden="true" />}
          hasArrow={false}
        >
          <div className={css.menu}>
            {more.map((dimension) => {
              const why = whyUnavailable(unavailable, dimension);
              return why === undefined ? (
                <MenuLink key={dimension} href={href([...by, dimension])}>
                  then by {groupingWord(dimension)}
                </MenuLink>
              ) : (
                <MenuUnavailable key={dimension} why={why}>
                  then by {groupingWord(dimension)}
                </MenuUnavailable>
              );
            })}
          </div>
        </Dropdown>
      )}
      <i className={css.rule} />
      <Segmented
        label="Usual groupings"
        options={combinations(by).map((one) => ({ words: one.words, href: href(one.by), isChosen: sameBy(one.by, by) }))}
      />
      <span className={css.grow} />
      <GroupColumnsMenu columns={columns} onColumns={onColumns} />
      <ExportMenu view="groups" search={search} />
    </div>
  );
}
