"use client";
/** Which columns the list has, and in which order. */
import { IconArrowDown, IconArrowUp, IconColumns3 } from "@tabler/icons-react";
import { Dropdown } from "#components/ui/dropdown.tsx";
import type { ColumnChoice } from "#lib/url/read-columns.ts";
import { DEFAULT_COLUMNS, FLOW_COLUMNS, flowColumn, withColumn, withMoved } from "./column-list.ts";
import css from "./columns-menu.module.css";

interface Props {
  readonly columns: readonly ColumnChoice[];
  readonly onColumns: (columns: readonly ColumnChoice[]) => void;
}

export function ColumnsMenu({ columns, onColumns }: Props) {
  const shown = columns.flatMap((choice) => flowColumn(choice.id) ?? []);
  const hidden = FLOW_COLUMNS.filter((column) => !shown.includes(column));
  return (
    <Dropdown
      look="plain"
      size="small"
      align="right"
      hasArrow={false}
      label={
        <>
          <IconColumns3 size={14} stroke={1.6} aria-hidden /> Columns
        </>
      }
    >
      <div className={css.columns}>
        <ul className={css.list}>
          {[...shown, ...hidden].map((column) => {
            const place = shown.indexOf(column);
            return (
              <li key={column.id} className={css.item}>
                <label className={css.choice}>
                  <input
                    type="checkbox"
                    checked={place >= 0}
                    disabled={place >= 0 && shown.length === 1}
                    onChange={(event) => onColumns(withColumn(columns, column.id, event.currentTarget.checked))}
                  />
                  {column.title}
                </label>
                {place >= 0 && (
                  <>
                    <Move title={column.title} to="left" isOff={place === 0} onMove={() => onColumns(withMoved(columns, column.id, -1))} />
                    <Move
                      title={column.title}
                      to="right"
                      isOff={place === shown.length - 1}
                      onMove={() => onColumns(withMoved(columns, column.id, 1))}
                    />
                  </>
                )}
              </li>
            );
          })}
        </ul>
        <button type="button" className={css.reset} onClick={() => onColumns(DEFAULT_COLUMNS)}>
          Back to the usual columns
        </button>
      </div>
    </Dropdown>
  );
}

interface MoveProps {
  readonly title: string;
  readonly to: "left" | "right";
  readonly isOff: boolean;
  readonly onMove: () => void;
}

function Move({ title, to, isOff, onMove }: MoveProps) {
  const Icon = to === "left" ? IconArrowUp : IconArrowDown;
  return (
    <button type="button" className={css.move} disabled={isOff} onClick={onMove} aria-label={`Move ${title} to the ${to}`}>
      <Icon size={14} stroke={1.6} aria-hidden />
    </button>
  );
}
