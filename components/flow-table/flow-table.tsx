"use client";
/** The flow list: newest first, endless, with one cursor that keys move and a click opens. */
import { useTable } from "@tanstack/react-table";
import { type CSSProperties, type KeyboardEvent, type RefObject, useCallback, useMemo, useState } from "react";
import { withWidth } from "#components/grid/column-width.ts";
import { cursorStep } from "#components/grid/list-keys.ts";
import type { FlowRow } from "#lib/questions/answer.ts";
import type { ColumnChoice } from "#lib/url/read-columns.ts";
import { gridTracks, leastWidth } from "./column-list.ts";
import { columnState, flowColumns, flowFeatures } from "./flow-columns.ts";
import css from "./flow-table.module.css";
import { FlowTableBody } from "./flow-table-body.tsx";
import { FlowTableHead } from "./flow-table-head.tsx";
import { rowElementId } from "./flow-table-row.tsx";
import { dayOfFlow } from "./flow-time.tsx";
import { useWallClock } from "./wall-clock.ts";

interface Props {
  readonly rows: readonly FlowRow[];
  readonly isComplete: boolean;
  readonly columns: readonly ColumnChoice[];
  readonly onColumns: (columns: readonly ColumnChoice[]) => void;
  /** Index of the row with the cursor, -1 = none. */
  readonly active: number;
  readonly openId: string;
  readonly now: number;
  readonly onActive: (index: number) => void;
  readonly onOpen: (index: number) => void;
  readonly onNearEnd: () => void;
  /** Whether the list's top is in view, after every change of that. */
  readonly onTop: (isAtTop: boolean) => void;
  readonly scroller: RefObject<HTMLDivElement | null>;
}

interface TableStyle extends CSSProperties {
  readonly "--tracks": string;
  readonly "--least": string;
}

/** The table holds a few blocks around the view: its row model costs time for every row it holds, in view or not. */
const BLOCK = 100;
/** The next page is asked for this many rows before the end comes into view. */
const AHEAD = 100;
const ROWS_PER_PAGE_KEY = 20;
/** Scrolled by less than this, the top is still in view. */
const TOP_PX = 8;

export function FlowTable(props: Props) {
  const { rows, isComplete, columns, onColumns, active, openId, now, onActive, onOpen, onNearEnd, onTop, scroller } = props;
  const clock = useWallClock();
  const [dragged, setDragged] = useState<readonly ColumnChoice[] | undefined>();
  const [view, setView] = useState({ block: 0, first: 0, hasActive: false });
  const shown = dragged ?? columns;

  const tableStart = Math.max(0, (view.block - 1) * BLOCK);
  const data = useMemo(() => rows.slice(tableStart, tableStart + 3 * BLOCK), [rows, tableStart]);
  const state = useMemo(() => columnState(columns), [columns]);
  const table = useTable({ features: flowFeatures, columns: flowColumns, data, state, getRowId: (flow: FlowRow) => flow.id });
  const columnsKey = columns.map((choice) => choice.id).join();

  const dayOf = useCallback(
    (index: number): string => {
      const flow = rows[index];
      return flow === undefined ? "" : dayOfFlow(flow.time, now, clock.offset);
    },
    [rows, now, clock],
  );
  const onView = useCallback(
    (first: number, last: number) => {
      const block = Math.floor(first / BLOCK);
      const hasActive = active >= first && active <= last;
      setView((before) => {
        const isSame = before.block === block && before.hasActive === hasActive && dayOf(before.first) === dayOf(first);
        return isSame ? before : { block, first, hasActive };
      });
      if (!isComplete && last >= rows.length - AHEAD) onNearEnd();
    },
    [rows.length, isComplete, onNearEnd, active, dayOf],
  );

  function key(event: KeyboardEvent): void {
    if (event.target !== event.currentTarget || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      onOpen(active);
      return;
    }
    const step = cursorStep(event.key, ROWS_PER_PAGE_KEY);
    if (step === undefined) return;
    event.preventDefault();
    onActive(Math.min(rows.length - 1, Math.max(0, step === "end" ? rows.length - 1 : step === "home" ? 0 : active + step)));
  }

  const style: TableStyle = { "--tracks": gridTracks(shown), "--least": `${leastWidth(shown)}px` };
  const activeId = view.hasActive ? rows[active]?.id : undefined;
  return (
    <div
      ref={scroller}
      role="grid"
      tabIndex={0}
      aria-label="Flows, newest first"
      aria-rowcount={isComplete ? rows.length + 1 : -1}
      aria-activedescendant={activeId === undefined ? undefined : rowElementId(activeId)}
      className={css.scroller}
      style={style}
      onKeyDown={key}
      onScroll={(event) => onTop(event.currentTarget.scrollTop < TOP_PX)}
    >
      <FlowTableHead
        table={table}
        columns={shown}
        day={dayOf(view.first)}
        onDrag={(id, width) => setDragged(withWidth(shown, id, width))}
        onWidth={(id, width) => {
          setDragged(undefined);
          onColumns(withWidth(columns, id, width));
        }}
      />
      <FlowTableBody
        table={table}
        scroller={scroller}
        rows={rows}
        tableStart={tableStart}
        columnsKey={columnsKey}
        active={active}
        openId={openId}
        now={now}
        onOpen={onOpen}
        onView={onView}
      />
    </div>
  );
}
