"use client";
/** Which columns the table has, and in which order. The name of the group always stays. */
import { IconArrowDown, IconArrowUp, IconColumns3 } from "@tabler/icons-react";
import { withColumn, withMoved } from "#components/flow-table/column-list.ts";
import css from "#components/flow-table/columns-menu.module.css";
import { Dropdown } from "#components/ui/dropdown.tsx";
import type { ColumnChoice } from "#lib/url/read-columns.ts";
import { DEFAULT_GROUP_COLUMNS, GROUP_COLUMNS, groupColumn } from "./group-column-list.ts";
import own from "./groups-toolbar.module.css";

interface Props {
  readonly columns: readonly ColumnChoice[];
  readonly onColumns: (columns: readonly ColumnChoice[]) => void;
}

export function GroupColumnsMenu({ columns, onColumns }: Props) {
  const shown = columns.flatMap(({ id }) => groupColumn(id) ?? []);
  const hidden = GROUP_COLUMNS.filter((column) => !shown.includes(column));
  return (
    <Dropdown
      look="plain"
      align="right"
      hasArrow={false}
      label={
        <>
          <IconColumns3 size={14} stroke={1.6} aria-hidden="true" /> Columns
        </>
      }
    >
      <div className={own.columns}>
        <ul className={css.list}>
          {[...shown, ...hidden].map(({ id, title }) => {
            const place = columns.findIndex((choice) => choice.id === id);
            return (
              <li key={id} className={css.item}>
                <label className={css.choice}>
                  <input
                    type="checkbox"
                    checked={place >= 0}
                    disabled={id === "key"}
                    onChange={(event) => onColumns(withColumn(columns, id, event.currentTarget.checked))}
                  />
                  {title}
                </label>
                {place >= 0 && (
                  <>
                    <button
                      type="button"
                      className={css.move}
                      disabled={place === 0}
                      onClick={() => onColumns(withMoved(columns, id, -1))}
                      aria-label={`Move ${title} to the left`}
                    >
                      <IconArrowUp size={14} stroke={1.6} aria-hidden="true" />
                    </button>
                    <button
                      type="button"
                      className={css.move}
                      disabled={place === columns.length - 1}
                      onClick={() => onColumns(withMoved(columns, id, 1))}
                      aria-label={`Move ${title} to the right`}
                    >
                      <IconArrowDown size={14} stroke={1.6} aria-hidden="true" />
                    </button>
                  </>
                )}
              </li>
            );
          })}
        </ul>
        <button type="button" className={css.reset} onClick={() => onColumns(DEFAULT_GROUP_COLUMNS)}>
          Back to the usual columns
        </button>
      </div>
    </Dropdown>
  );
}
