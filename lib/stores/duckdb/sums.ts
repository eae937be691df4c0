/** Sums of sessions, whatever they were summed by. */

/** Sessions summed by some key. */
export interface Sums {
  readonly count: number;
  readonly attempts: Float64Array;
  readonly packets: Float64Array;
  /** First and last flow: whole milliseconds since 1970, and nanoseconds beyond them. */
  readonly firstMs: Float64Array;
  readonly firstNs: Int32Array;
  readonly lastMs: Float64Array;
  readonly lastNs: Int32Array;
  /** The row of the mirror that has the last flow, UNKNOWN_ROW where it is not the only one; undefined = no rows of a mirror. */
  readonly lastRow: Int32Array | undefined;
}

export const UNKNOWN_ROW = -1;

export interface AspectSums extends Sums {
  /** What each is the sum of. */
  readonly combination: Int32Array;
}
