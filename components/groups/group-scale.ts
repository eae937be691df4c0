"use client";
/** What all cells measure by: the longest bar, the clock, what the rows are grouped by, and what a click means. */
import { createContext, use } from "react";
import type { Grouping } from "#lib/flows/dimension.ts";
import type { Unavailable } from "#lib/questions/unavailable.ts";
import type { GroupLinks, GroupPath } from "./group-path.ts";

export interface GroupScale {
  /** Attempts of the largest row: a full bar, for parents and children alike. */
  readonly largest: number;
  readonly by: readonly Grouping[];
  /** End of the window and the time of asking, milliseconds since 1970. */
  readonly end: number;
  readonly now: number;
  readonly zone: "utc" | "local";
  /** What the table of flows does not tell: a count of it is not zero. */
  readonly unavailable: Unavailable;
  readonly linksOf: (path: GroupPath) => GroupLinks;
}

const NOWHERE: GroupLinks = { only: "", exclude: "", flows: "" };
export const GroupScaleContext = createContext<GroupScale>({
  largest: 0,
  by: [],
  end: 0,
  now: 0,
  zone: "utc",
  unavailable: {},
  linksOf: () => NOWHERE,
});

export function useGroupScale(): GroupScale {
  return use(GroupScaleContext);
}
