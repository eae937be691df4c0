/** What a store cannot tell, and why: some tables hold less than whole flows. It is shown as not available, never as an empty answer. */
import { type Dimension, type Grouping, isLabelGrouping } from "#lib/flows/dimension.ts";

/** `label` = labels of the sender. */
export type Unavailable = { readonly [K in Dimension | "label"]?: string };

/** Undefined = it is available. */
export function whyUnavailable(unavailable: Unavailable, grouping: Grouping): string | undefined {
  return unavailable[isLabelGrouping(grouping) ? "label" : grouping];
}
