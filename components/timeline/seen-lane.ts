/** The Seen lane: for which parts of the window the store holds anything at all, so that an empty stretch is not taken for calm. */
import type { Coverage, Timeline } from "#lib/questions/answer.ts";

export interface SeenPart {
  /** 0 = left edge of the plot, 1 = right edge. */
  readonly from: number;
  readonly to: number;
  readonly seen: boolean;
}

type Plotted = Pick<Timeline, "start" | "width" | "count">;

/**
 * Before the oldest stored flow nothing is known. After the newest one silence means something only while a feed still follows;
 * a file that was read to its end says nothing about later times. Parts end at bucket edges; `now` is the time of asking.
 */
export function seenParts(coverage: Coverage, plot: Plotted, now: number): readonly SeenPart[] {
  if (coverage.span === undefined) return [{ from: 0, to: 1, seen: false }];
  const bucketOf = (at: number): number => (at - plot.start) / plot.width;
  const placeOf = (bucket: number): number => Math.max(0, Math.min(1, bucket / plot.count));
  const follows = coverage.feeds.some((feed) => feed.state === "following");
  const newest = Date.parse(coverage.span.newest);
  const oldest = placeOf(Math.floor(bucketOf(Date.parse(coverage.span.oldest))));
  const latest = placeOf(Math.ceil(bucketOf(follows ? Math.max(newest, now) : newest)));
  const parts = [
    { from: 0, to: oldest, seen: false },
    { from: oldest, to: latest, seen: true },
    { from: latest, to: 1, seen: false },
  ];
  return parts.filter((part) => part.to > part.from);
}
