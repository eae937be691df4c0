/** A replay as it reaches a person: what it says, and how much of the window it really looked at. */
import type { ReplayResult } from "./replay-result.ts";

/** Why a replay stopped before the window's beginning. */
export type ReplayCut = "flows" | "time";

export interface ReplayReport extends ReplayResult {
  /** Flows stored in the window. */
  readonly total: number;
  /** Stored lines that are no readable flow any more: no number of the report holds them. */
  readonly undecoded: number;
  /** Milliseconds since 1970: the part of the window that was looked at, from its newest end. */
  readonly looked: { readonly from: number; readonly to: number };
  /** Undefined: all of it was looked at. */
  readonly cut: ReplayCut | undefined;
}

/** What is said while it runs. */
export type ReplayNews =
  | { readonly is: "running"; readonly looked: number; readonly of: number; readonly report?: ReplayReport }
  | { readonly is: "done"; readonly report: ReplayReport }
  | { readonly is: "failed"; readonly title: string; readonly detail: string; readonly next: string; readonly mayHelpAgain: boolean };
