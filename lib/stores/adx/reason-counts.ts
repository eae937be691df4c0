/** Attempts per reason, as columns of a `summarize`. */
import { REASONS } from "#lib/flows/reason.ts";
import type { ReasonCounts } from "#lib/questions/answer.ts";
import { COUNT } from "./row-shape.ts";

/** One column per reason, in the order of REASONS. */
export const REASON_COUNTS = REASONS.map((reason) => `Of_${reason} = count_distinctif(Attempt, Reason == "${reason}")`).join(", ");

export const reasonColumns: readonly string[] = REASONS.map((reason) => `Of_${reason}`);

export const REASON_CELLS = REASONS.map((reason) => [`Of_${reason}`, COUNT] as const);

/** Reasons without any attempt are left out. */
export function reasonCounts(counts: readonly number[]): ReasonCounts {
  return Object.fromEntries(REASONS.map((reason, index) => [reason, counts[index] ?? 0] as const).filter(([, count]) => count > 0));
}
