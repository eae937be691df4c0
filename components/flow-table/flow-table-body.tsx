"use client";
/** The rows in view: everything loaded has its place, only what is seen exists. Scrolling renders this component and new rows alone. */
import type { ReactTable } from "@tanstack/react-table";
import { type RefObject, useEffect, useLayoutEffect } from "react";
import { useRowsInView } from "#components/grid/use-rows-in-view.ts";
import type { FlowRow } from "#lib/questions/answer.ts";
import { columnClass } from "./column-class.ts";
import type { flowFeatures } from "./flow-columns.ts";
import css from "./flow-table.module.css";
import { FlowTableRow } from "./flow-table-row.tsx";
import { dayOfFlow } from "./flow-time.tsx";
import { useWallClock } from "./wall-clock.ts";

interface Props {
  readonly table: ReactTable<typeof flowFeatures, FlowRow>;
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly rows: readonly FlowRow[];
  /** Index of the first of `rows` that the table holds; it holds only those around the view. */
  readonly tableStart: number;
  readonly columnsKey: string;
  readonly active: number;
  readonly openId: string;
  readonly now: number;
  readonly onOpen: (index: number) => void;
  /** Which rows are in view, after every change. */
  readonly onView: (first: number, last: number) => void;
}

export function FlowTableBody(props: Props) {
  const { table, scroller, rows, tableStart, columnsKey, active, openId, now, onOpen, onView } = props;
  const { offset } = useWallClock();
  const virtualizer = useRowsInView(scroller, rows);
  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useLayoutEffect(() => onView(first, last), [first, last, onView]);

  // Also at first: a link may open a row further down.
  useEffect(() => {
    if (active >= 0) virtualizer.scrollToIndex(active, { align: "auto" });
  }, [active, virtualizer]);

  const tableRows = table.getRowModel().rows;
  return (
    <div role="rowgroup" className={css.body} style={{ height: virtualizer.getTotalSize() }}>
      {items.map(({ index, key }) => {
        const flow = rows[index];
        const row = tableRows[index - tableStart];
        if (flow === undefined || row === undefined) return null;
        const above = rows[index - 1];
        const day = dayOfFlow(flow.time, now, offset);
        return (
          <FlowTableRow
            key={key}
            id={flow.id}
            index={index}
            newDay={above === undefined || dayOfFlow(above.time, now, offset) === day ? "" : day}
            isActive={index === active}
            isOpen={flow.id === openId}
            onOpen={onOpen}
            columnsKey={columnsKey}
            cells={() =>
              row.getVisibleCells().map((cell) => (
                <div key={cell.id} role="gridcell" className={columnClass(cell.column.id)}>
                  <table.FlexRender cell={cell} />
                </div>
              ))
            }
          />
        );
      })}
    </div>
  );
}
