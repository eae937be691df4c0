"use client";
/** The groups as one expanding table: ordered by the server, opened level by level, with one cursor that keys move. */
import { useTable } from "@tanstack/react-table";
import { type CSSProperties, type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { withWidth } from "#components/grid/column-width.ts";
import { cursorStep } from "#components/grid/list-keys.ts";
import type { ColumnChoice } from "#lib/url/read-columns.ts";
import type { Search } from "#lib/url/search.ts";
import { groupTracks } from "./group-column-list.ts";
import { groupColumns, groupFeatures, groupTableState } from "./group-columns.tsx";
import type { GroupPath } from "./group-path.ts";
import { groupElementId } from "./group-row.tsx";
import type { GroupNode } from "./group-tree.ts";
import css from "./groups-table.module.css";
import { GroupsTableBody } from "./groups-table-body.tsx";
import { GroupsTableHead } from "./groups-table-head.tsx";

interface Props {
  readonly tree: readonly GroupNode[];
  readonly open: readonly GroupPath[];
  readonly columns: readonly ColumnChoice[];
  readonly search: Search;
  readonly titles: { readonly key: string; readonly spark: string };
  /** The server is answering a change: what is shown is not the answer to it. */
  readonly isWaiting: boolean;
  readonly onToggle: (path: GroupPath) => void;
  readonly onColumns: (columns: readonly ColumnChoice[]) => void;
  readonly onNearEnd: () => void;
}

const ROWS_PER_PAGE_KEY = 20;
/** More is asked for this many rows before the end comes into view. */
const AHEAD = 60;
const childrenOf = (node: GroupNode): GroupNode[] => [...node.children];

export function GroupsTable({ tree, open, columns, search, titles, isWaiting, onToggle, onColumns, onNearEnd }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const [activeId, setActiveId] = useState("");
  const [dragged, setDragged] = useState<readonly ColumnChoice[] | undefined>();
  const shown = dragged ?? columns;
  const state = useMemo(() => groupTableState(columns, open), [columns, open]);
  const table = useTable({
    features: groupFeatures,
    columns: groupColumns,
    data: tree,
    state,
    getSubRows: childrenOf,
    getRowId: (node: GroupNode) => node.id,
  });
  const { rows } = table.getRowModel();
  const active = activeId === "" ? -1 : rows.findIndex((row) => row.id === activeId);
  const look = `${columns.map(({ id }) => id).join()} ${search.zone}`;

  const latest = useRef(rows);
  useEffect(() => {
    latest.current = rows;
  }, [rows]);
  const onPick = useCallback(
    (index: number) => {
      const node = latest.current[index]?.original;
      if (node?.is !== "group") return;
      setActiveId(node.id);
      if (node.canOpen) onToggle(node.path);
    },
    [onToggle],
  );
  const count = rows.length;
  const onView = useCallback(
    (last: number) => {
      if (last >= count - AHEAD) onNearEnd();
    },
    [count, onNearEnd],
  );

  function moveTo(index: number): void {
    setActiveId(rows[Math.min(rows.length - 1, Math.max(0, index))]?.id ?? "");
  }
  /** Left closes, or goes to the group around; right opens, or goes in. */
  function sideways(key: "ArrowLeft" | "ArrowRight"): void {
    const row = rows[active];
    if (row === undefined || row.original.is !== "group") return;
    const { canOpen, path } = row.original;
    const isOpen = canOpen && row.getIsExpanded();
    if (canOpen && isOpen !== (key === "ArrowRight")) onToggle(path);
    else if (key === "ArrowRight" && isOpen) moveTo(active + 1);
    else if (key === "ArrowLeft" && row.depth > 0) moveTo(rows.findLastIndex((other, index) => index < active && other.depth < row.depth));
  }
  function key(event: KeyboardEvent): void {
    if (event.target !== event.currentTarget || event.altKey || event.ctrlKey || event.metaKey) return;
    const step = cursorStep(event.key, ROWS_PER_PAGE_KEY);
    if (step !== undefined) moveTo(step === "end" ? rows.length - 1 : step === "home" ? 0 : active + step);
    else if (event.key === "Enter" && active >= 0) onPick(active);
    else if (event.key === "ArrowLeft" || event.key === "ArrowRight") sideways(event.key);
    else return;
    event.preventDefault();
  }

  const { tracks, least } = groupTracks(shown);
  const style: CSSProperties & Readonly<Record<"--tracks" | "--least", string>> = { "--tracks": tracks, "--least": `${least}px` };
  return (
    // A table element cannot hold rows that are placed one by one.
    <div
      ref={scroller}
      role="treegrid"
      tabIndex={0}
      aria-label="Groups of blocked attempts"
      aria-rowcount={rows.length + 1}
      aria-activedescendant={active < 0 ? undefined : groupElementId(active)}
      aria-busy={isWaiting}
      className={css.scroller}
      style={style}
      onKeyDown={key}
      onFocus={(event) => {
        if (event.target === event.currentTarget && active < 0 && event.currentTarget.matches(":focus-visible")) moveTo(0);
      }}
    >
      <GroupsTableHead
        table={table}
        columns={shown}
        search={search}
        titles={titles}
        onDrag={(id, width) => setDragged(withWidth(shown, id, width))}
        onWidth={(id, width) => {
          setDragged(undefined);
          onColumns(withWidth(columns, id, width));
        }}
      />
      <GroupsTableBody table={table} scroller={scroller} look={look} active={active} onPick={onPick} onView={onView} />
    </div>
  );
}
