"use client";
/** Narrowing from a value on screen: how cells reach the filter without every row knowing the address bar. */
import { createContext, use } from "react";
import type { TextCriterion } from "#lib/filters/edit-filter.ts";

export type NarrowHow = "only" | "exclude";
export type Narrow = (criterion: TextCriterion, value: string, how: NarrowHow) => void;

const NarrowContext = createContext<Narrow>(() => undefined);
const HotContext = createContext(false);

export const NarrowProvider = NarrowContext;
/** True inside a row that is pointed at or has the cursor: only such rows carry buttons. */
export const HotProvider = HotContext;

export function useNarrow(): Narrow {
  return use(NarrowContext);
}

export function useIsHot(): boolean {
  return use(HotContext);
}
