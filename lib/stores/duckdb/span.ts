/** The part of time a question is about, as the database counts it. */

/** Nanoseconds since 1970, half open. */
export interface Span {
  readonly from: bigint;
  readonly to: bigint;
}
