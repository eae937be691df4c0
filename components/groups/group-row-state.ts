"use client";
/** What the cells of one row know of it beside its data. */
import { createContext, use } from "react";

export interface GroupRowState {
  /** Pointed at, or has the cursor: only such rows carry actions. */
  readonly isHot: boolean;
  /** Undefined where there is nothing in it. */
  readonly isOpen: boolean | undefined;
}

export const GroupRowContext = createContext<GroupRowState>({ isHot: false, isOpen: undefined });

export function useGroupRow(): GroupRowState {
  return use(GroupRowContext);
}
