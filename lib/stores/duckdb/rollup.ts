/** What is known of segments of the mirror without looking at their rows. */
import type { Aspect } from "./aspects.ts";
import type { AspectSums } from "./sums.ts";

/** Of the FRESH rows. Combinations ascend: what is added up by them is then met in order. */
export interface Rolled {
  readonly sums: { readonly [A in Aspect]: AspectSums };
}

/** Of one segment. */
export interface Rollup extends Rolled {
  /** The FRESH rows ordered by combination, in the order of the sums: those of sum n lie between starts[n] and starts[n + 1]. */
  readonly index: { readonly [A in Aspect]: SegmentIndex };
  /** FRESH rows by block and event: `[block of the segment * events + event]`. */
  readonly perBlock: Uint32Array;
  readonly events: number;
  /** Rows that are LATER. */
  readonly later: Uint32Array;
}

/** How the mirror is cut: rows of a segment, a power of two up to 65,536, and how many segments that follow one another are summed together. */
export interface SegmentSizes {
  readonly rows: number;
  readonly wide: number;
}

export const SEGMENTS: SegmentSizes = { rows: 32_768, wide: 8 };

export interface SegmentIndex {
  readonly starts: Uint32Array;
  /** Counted from the segment's first row. */
  readonly rows: Uint16Array;
}
