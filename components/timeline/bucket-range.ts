/** A range of timeline buckets under the brush: how pointer and keys change it, and what it covers. */
import type { Timeline } from "#lib/questions/answer.ts";
import type { ResolvedWindow } from "#lib/questions/window.ts";

/** Buckets by number, both ends included. `anchor` stays where the brush began, `head` moves. */
export interface BucketRange {
  readonly anchor: number;
  readonly head: number;
}

export type RangeKey = "ArrowLeft" | "ArrowRight" | "Home" | "End";

export function firstOf(range: BucketRange): number {
  return Math.min(range.anchor, range.head);
}

export function lastOf(range: BucketRange): number {
  return Math.max(range.anchor, range.head);
}

/** Arrows move a range of one bucket, with Shift they stretch it; the first key press starts at the newest bucket. */
export function afterKey(range: BucketRange | undefined, key: RangeKey, stretch: boolean, count: number): BucketRange {
  const newest = count - 1;
  const from = range ?? { anchor: newest, head: newest };
  const head = { ArrowLeft: range ? from.head - 1 : newest, ArrowRight: from.head + 1, Home: 0, End: newest }[key];
  const kept = Math.max(0, Math.min(newest, head));
  return { anchor: stretch ? from.anchor : kept, head: kept };
}

export function isRangeKey(key: string): key is RangeKey {
  return key === "ArrowLeft" || key === "ArrowRight" || key === "Home" || key === "End";
}

/** The bucket at a place of the plot, 0 = its left edge, 1 = its right edge; places outside count as the nearest bucket. */
export function bucketAt(place: number, count: number): number {
  return Math.max(0, Math.min(count - 1, Math.floor(place * count)));
}

/** The buckets' own instants, cut to the window asked about, whose ends seldom fall on a bucket's edge. */
export function windowOf(range: BucketRange, timeline: Timeline, asked: ResolvedWindow): ResolvedWindow {
  const from = timeline.start + firstOf(range) * timeline.width;
  const to = timeline.start + (lastOf(range) + 1) * timeline.width;
  return { from: Math.max(asked.from, from), to: Math.min(asked.to, to) };
}

/** Exact: a timeline counts each attempt of a series once. */
export function attemptsIn(range: BucketRange, totals: readonly number[]): number {
  return totals.slice(firstOf(range), lastOf(range) + 1).reduce((sum, value) => sum + value, 0);
}

/** Near an edge the brush takes hold of that edge (the other one becomes the anchor); anywhere else it begins anew. */
export function grabbedAt(range: BucketRange | undefined, place: number, count: number, reach: number): BucketRange {
  const bucket = bucketAt(place, count);
  if (range === undefined) return { anchor: bucket, head: bucket };
  const first = firstOf(range);
  const last = lastOf(range);
  const toLeft = Math.abs(place - first / count);
  const toRight = Math.abs(place - (last + 1) / count);
  if (Math.min(toLeft, toRight) > reach) return { anchor: bucket, head: bucket };
  return toLeft < toRight ? { anchor: last, head: first } : { anchor: first, head: last };
}
