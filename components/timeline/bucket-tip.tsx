"use client";
/** What one bucket holds: shown beside the pointer, on a raised surface, in ink and never in a series' colour. */
import { formatCount } from "#lib/format/format-count.ts";
import css from "./range.module.css";
import { seriesLabel } from "./series-label.ts";
import type { Stack } from "./stack.ts";
import legend from "./timeline.module.css";

interface Props {
  readonly bucket: number;
  readonly stack: Stack;
  readonly before: number | undefined;
  readonly split: "reason" | "group";
  readonly words: string;
}

export function BucketTip({ bucket, stack, before, split, words }: Props) {
  const count = stack.totals.length;
  const isRight = bucket > count / 2;
  const place = (isRight ? bucket : bucket + 1) / count;
  const style = isRight ? { right: `${(1 - place) * 100}%`, marginRight: 10 } : { left: `${place * 100}%`, marginLeft: 10 };
  const rows = stack.series.filter((series) => (series.values[bucket] ?? 0) > 0).toReversed();
  return (
    <div className={css.tip} style={style} role="presentation">
      <div className={css.tipHead}>
        <span>{words}</span>
        <b>{formatCount(stack.totals[bucket] ?? 0)}</b>
      </div>
      {rows.map((series) => (
        <div key={series.name} className={css.tipRow}>
          <span className={legend.swatch} style={{ background: series.fill }} />
          <span className={css.tipName}>{seriesLabel(series.name, split)}</span>
          <span>{formatCount(series.values[bucket] ?? 0)}</span>
        </div>
      ))}
      {before !== undefined && (
        <div className={css.tipRow}>
          <span className={legend.dash} />
          <span className={css.tipName}>The window before</span>
          <span>{formatCount(before)}</span>
        </div>
      )}
    </div>
  );
}
