"use client";
/** The column heads, with the clock's zone and the day of the first row in view. */
import type { ReactTable } from "@tanstack/react-table";
import { ColumnResizer } from "#components/grid/column-resizer.tsx";
import type { FlowRow } from "#lib/questions/answer.ts";
import type { ColumnChoice } from "#lib/url/read-columns.ts";
import { columnClass } from "./column-class.ts";
import { flowColumn } from "./column-list.ts";
import type { flowFeatures } from "./flow-columns.ts";
import css from "./flow-table.module.css";
import { useWallClock } from "./wall-clock.ts";

interface Props {
  readonly table: ReactTable<typeof flowFeatures, FlowRow>;
  readonly columns: readonly ColumnChoice[];
  /** `22 Sep`; empty where the list is empty. */
  readonly day: string;
  readonly onDrag: (id: string, width: number) => void;
  readonly onWidth: (id: string, width: number) => void;
}

export function FlowTableHead({ table, columns, day, onDrag, onWidth }: Props) {
  const clock = useWallClock();
  return (
    <div role="rowgroup" className={css.head}>
      <div role="row" aria-rowindex={1} className={css.headRow}>
        {table.getHeaderGroups().flatMap((group) =>
          group.headers.map((header) => {
            const { id } = header.column;
            const isTime = id === "time";
            return (
              <div key={header.id} role="columnheader" aria-sort={isTime ? "descending" : undefined} className={columnClass(id)}>
                <span className={isTime ? css.sorted : undefined}>
                  <table.FlexRender header={header} />
                  {isTime && `, ${clock.name} ↓`}
                </span>
                {isTime && day !== "" && <span className={css.day}>{day}</span>}
                <ColumnResizer
                  title={flowColumn(id)?.title ?? id}
                  width={columns.find((choice) => choice.id === id)?.width}
                  onDrag={(width) => onDrag(id, width)}
                  onWidth={(width) => onWidth(id, width)}
                />
              </div>
            );
          }),
        )}
      </div>
    </div>
  );
}
