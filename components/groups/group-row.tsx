"use client";
/** One row of the groups table, 32 px always: a click opens it, its actions show while it is pointed at or has the cursor. */
import { memo, type ReactNode, useMemo, useState } from "react";
import { ROW_HEIGHT } from "#components/grid/row-height.ts";
import { GroupRowContext } from "./group-row-state.ts";
import css from "./groups-table.module.css";

interface Props {
  readonly index: number;
  readonly depth: number;
  /** Undefined where there is nothing in it. */
  readonly isOpen: boolean | undefined;
  readonly isActive: boolean;
  readonly onPick: (index: number) => void;
  /** Changes with the row's data and with the columns. */
  readonly look: string;
  readonly data: unknown;
  readonly cells: () => ReactNode;
}

export const GroupTableRow = memo(Row, isSame);

function Row({ index, depth, isOpen, isActive, onPick, cells }: Props) {
  const [isPointedAt, setPointedAt] = useState(false);
  const isHot = isPointedAt || isActive;
  const state = useMemo(() => ({ isHot, isOpen }), [isHot, isOpen]);
  return (
    // Keys are handled by the grid, which has the focus and names the row with the cursor by aria-activedescendant.
    <div
      id={groupElementId(index)}
      role="row"
      aria-rowindex={index + 2}
      aria-level={depth + 1}
      aria-expanded={isOpen}
      data-depth={depth}
      data-active={isActive || undefined}
      data-open={isOpen || undefined}
      className={css.row}
      style={{ transform: `translateY(${index * ROW_HEIGHT}px)` }}
      onClick={() => onPick(index)}
      // A row may come to lie under a pointer that rests; then the first move tells.
      onPointerMove={() => setPointedAt(true)}
      onPointerLeave={() => setPointedAt(false)}
    >
      <GroupRowContext value={state}>{cells()}</GroupRowContext>
    </div>
  );
}

/** `cells` is made anew at every render, from the data and the columns that the other properties tell apart. */
function isSame(before: Props, after: Props): boolean {
  return (
    before.data === after.data &&
    before.look === after.look &&
    before.index === after.index &&
    before.isOpen === after.isOpen &&
    before.isActive === after.isActive &&
    before.onPick === after.onPick
  );
}

export function groupElementId(index: number): string {
  return `group-${index}`;
}
