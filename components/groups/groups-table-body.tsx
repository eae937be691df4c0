"use client";
/** The rows in view: every row has its place, only what is seen exists. Scrolling renders this component and new rows alone. */
import type { ReactTable } from "@tanstack/react-table";
import { type RefObject, useEffect, useRef } from "react";
import { ROW_HEIGHT } from "#components/grid/row-height.ts";
import { useRowsInView } from "#components/grid/use-rows-in-view.ts";
import { groupCellClass } from "./group-cell-class.ts";
import type { groupFeatures } from "./group-columns.tsx";
import { GroupTableRow, groupElementId } from "./group-row.tsx";
import type { GroupNode } from "./group-tree.ts";
import css from "./groups-table.module.css";

interface Props {
  readonly table: ReactTable<typeof groupFeatures, GroupNode>;
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly look: string;
  readonly active: number;
  readonly onPick: (index: number) => void;
  /** The last row in view, after every change. */
  readonly onView: (last: number) => void;
}

export function GroupsTableBody({ table, scroller, look, active, onPick, onView }: Props) {
  const { rows } = table.getRowModel();
  const virtualizer = useRowsInView(scroller, rows);
  const items = virtualizer.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => onView(last), [last, onView]);

  const lastActive = useRef(active);
  useEffect(() => {
    if (lastActive.current === active) return;
    lastActive.current = active;
    if (active >= 0) virtualizer.scrollToIndex(active, { align: "auto" });
  }, [active, virtualizer]);

  return (
    <div role="rowgroup" className={css.body} style={{ height: virtualizer.getTotalSize() }}>
      {items.map(({ index, key }) => {
        const row = rows[index];
        if (row === undefined) return null;
        const node = row.original;
        if (node.is === "note")
          return <Note key={key} node={node} index={index} depth={row.depth} columns={row.getVisibleCells().length} />;
        return (
          <GroupTableRow
            key={key}
            index={index}
            depth={row.depth}
            isOpen={node.canOpen ? row.getIsExpanded() : undefined}
            isActive={index === active}
            onPick={onPick}
            look={look}
            data={node.row}
            cells={() =>
              row.getVisibleCells().map((cell) => (
                <div key={cell.id} role={cell.column.id === "key" ? "rowheader" : "gridcell"} className={groupCellClass(cell.column.id)}>
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

type NoteNode = Extract<GroupNode, { readonly is: "note" }>;

function Note({
  node,
  index,
  depth,
  columns,
}: {
  readonly node: NoteNode;
  readonly index: number;
  readonly depth: number;
  readonly columns: number;
}) {
  return (
    <div
      id={groupElementId(index)}
      role="row"
      tabIndex={-1}
      aria-rowindex={index + 2}
      aria-level={depth + 1}
      className={css.row}
      data-depth={depth}
      style={{ transform: `translateY(${index * ROW_HEIGHT}px)` }}
    >
      <div role="gridcell" tabIndex={-1} aria-colspan={columns} className={css.note} data-failed={node.problem !== undefined || undefined}>
        {node.words}
      </div>
    </div>
  );
}
