"use client";
/** One row of the flow list, 32 px always. It renders again only for another flow, other columns, or when it gets or loses the cursor. */
import { memo, type ReactNode, useState } from "react";
import { ROW_HEIGHT } from "#components/grid/row-height.ts";
import css from "./flow-table.module.css";
import { NewDayProvider } from "./flow-time.tsx";
import { HotProvider } from "./narrow.ts";

interface Props {
  readonly id: string;
  readonly index: number;
  /** `22 Sep` where the day differs from the row above. */
  readonly newDay: string;
  readonly isActive: boolean;
  readonly isOpen: boolean;
  readonly onOpen: (index: number) => void;
  /** Changes with the columns and their order. */
  readonly columnsKey: string;
  readonly cells: () => ReactNode;
}

export const FlowTableRow = memo(Row, isSame);

function Row({ id, index, newDay, isActive, isOpen, onOpen, cells }: Props) {
  const [isPointedAt, setPointedAt] = useState(false);
  return (
    // Keys are handled by the grid, which has the focus and names the row with the cursor by aria-activedescendant.
    <div
      id={rowElementId(id)}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isOpen}
      data-active={isActive || undefined}
      data-open={isOpen || undefined}
      data-new-day={newDay || undefined}
      className={css.row}
      style={{ transform: `translateY(${index * ROW_HEIGHT}px)` }}
      onClick={() => onOpen(index)}
      onPointerEnter={() => setPointedAt(true)}
      onPointerLeave={() => setPointedAt(false)}
    >
      <HotProvider value={isPointedAt || isActive}>
        <NewDayProvider value={newDay}>{cells()}</NewDayProvider>
      </HotProvider>
    </div>
  );
}

/** `cells` is made anew at every render, from the flow and the columns that the other properties tell apart. */
function isSame(before: Props, after: Props): boolean {
  return (
    before.id === after.id &&
    before.index === after.index &&
    before.newDay === after.newDay &&
    before.isActive === after.isActive &&
    before.isOpen === after.isOpen &&
    before.onOpen === after.onOpen &&
    before.columnsKey === after.columnsKey
  );
}

export function rowElementId(id: string): string {
  return `flow-${id}`;
}
