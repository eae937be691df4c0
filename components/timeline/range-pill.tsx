"use client";
/** What the brushed range holds, and the way into it. */
import { KeyHint } from "#components/ui/key-hint.tsx";
import { formatCount } from "#lib/format/format-count.ts";
import { type BucketRange, firstOf, lastOf } from "./bucket-range.ts";
import css from "./range.module.css";

interface Props {
  readonly range: BucketRange;
  readonly count: number;
  readonly words: string;
  readonly attempts: number;
  readonly onZoom: () => void;
}

/** The share of the plot that the pill needs beside the range; with less on both sides it stands inside. */
const ROOM = 0.26;

export function RangePill({ range, count, words, attempts, onZoom }: Props) {
  const before = firstOf(range) / count;
  const after = 1 - (lastOf(range) + 1) / count;
  const style =
    before >= ROOM
      ? { right: `${(1 - before) * 100}%`, marginRight: 12 }
      : after >= ROOM
        ? { left: `${(1 - after) * 100}%`, marginLeft: 12 }
        : { left: `${((before + 1 - after) / 2) * 100}%`, transform: "translateX(-50%)" };
  return (
    <div className={css.pill} style={style}>
      <span>
        {words} <span className={css.faint}>· {formatCount(attempts)} attempts</span>
      </span>
      <button type="button" className={css.zoom} onClick={onZoom}>
        Zoom in <KeyHint keys="Z" />
      </button>
    </div>
  );
}
