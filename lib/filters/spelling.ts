/** A spelling of a filter either says exactly the same or is refused with a reason a person can act on; it never widens or narrows. */
import type { CriterionName } from "./criterion.ts";

export interface Refusal {
  /** The criterion that cannot be said; empty = the clause or filter as a whole. */
  readonly criterion: CriterionName | "";
  readonly reason: string;
}

export type Spelled<T> = { readonly spelled: T; readonly refusal?: never } | { readonly refusal: Refusal; readonly spelled?: never };

export function cannotSay(criterion: Refusal["criterion"], reason: string): { readonly refusal: Refusal } {
  return { refusal: { criterion, reason } };
}
