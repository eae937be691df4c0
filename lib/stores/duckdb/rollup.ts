/** What is known of a segment of the mirror without looking at its rows. */
import type { Aspect } from "./aspects.ts";
import type { AspectSums } from "./mirror-sums.ts";

export type RolledAspect = Exclude<Aspect, "towards">;

export interface Rollup {
  /** Of the FRESH rows. */
  readonly sums: { readonly [A in RolledAspect]: AspectSums };
  /** The same rows ordered by combination, in the order of the sums: those of sum n lie between starts[n] and starts[n + 1]. */
  readonly index: { readonly [A in RolledAspect]: SegmentIndex };
  /** Combinations that they have of what they go towards. */
  readonly towards: Int32Array;
  /** FRESH rows by block and event: `[block of the segment * events + event]`. */
  readonly perBlock: Uint32Array;
  readonly events: number;
  /** Rows that are LATER. */
  readonly later: Uint32Array;
}

export interface SegmentIndex {
  readonly starts: Uint32Array;
  /** Counted from the segment's first row. */
  readonly rows: Uint16Array;
}

export function isRolled(aspect: Aspect): aspect is RolledAspect {
  return aspect !== "towards";
}
