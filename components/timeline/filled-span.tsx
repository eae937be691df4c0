/** Over the chart: the newest part of it, which feeds filled in because the store that lags does not have it yet. */
import type { FromFeed } from "#components/coverage/from-feed-of.ts";
import { AXIS_WIDTH } from "./plot-box.ts";
import css from "./timeline.module.css";

interface Props {
  /** Milliseconds since 1970: the plot's ends. */
  readonly start: number;
  readonly end: number;
  readonly fromFeed: FromFeed;
}

export function FilledSpan({ start, end, fromFeed }: Props) {
  const since = Date.parse(fromFeed.since);
  if (Number.isNaN(since) || since >= end) return null;
  const share = Math.max(0, (since - start) / (end - start));
  return (
    <div
      className={css.filled}
      style={{ left: `calc(${AXIS_WIDTH}px + (100% - ${AXIS_WIDTH}px) * ${share})` }}
      role="img"
      aria-label={fromFeed.words}
      data-filled-since={fromFeed.since}
    />
  );
}
