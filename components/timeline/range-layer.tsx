"use client";
/** The brush of the timeline. It keeps its own state above the chart, so that dragging never draws the chart again. */
import { type KeyboardEvent, type PointerEvent, useState } from "react";
import { afterKey, attemptsIn, type BucketRange, bucketAt, firstOf, grabbedAt, isRangeKey, lastOf } from "./bucket-range.ts";
import { BucketTip } from "./bucket-tip.tsx";
import css from "./range.module.css";
import { RangePill } from "./range-pill.tsx";
import type { Stack } from "./stack.ts";
import { useRangeKeys } from "./use-range-keys.ts";

interface Props {
  readonly stack: Stack;
  readonly before: readonly number[] | undefined;
  readonly split: "reason" | "group";
  /** A range in words: `07:45 – 10:40`. */
  readonly wordsOf: (range: BucketRange) => string;
  readonly onZoom: (range: BucketRange) => void;
}

/** How near an edge, in pixels, the pointer takes hold of it. */
const REACH = 6;

export function RangeLayer({ stack, before, split, wordsOf, onZoom }: Props) {
  const [range, setRange] = useState<BucketRange>();
  const [isDragging, setDragging] = useState(false);
  const [hovered, setHovered] = useState<number>();
  const count = stack.totals.length;
  const leave = (): void => setRange(undefined);
  const zoom = (): void => {
    if (range === undefined) return;
    leave();
    onZoom(range);
  };
  useRangeKeys(range !== undefined && !isDragging, zoom, leave);

  function begin(event: PointerEvent<HTMLElement>): void {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    setRange(grabbedAt(range, placeOf(event), count, REACH / event.currentTarget.clientWidth));
    setDragging(true);
  }
  function move(event: PointerEvent<HTMLElement>): void {
    const bucket = bucketAt(placeOf(event), count);
    setHovered(bucket);
    if (isDragging && range && range.head !== bucket) setRange({ ...range, head: bucket });
  }
  function press(event: KeyboardEvent): void {
    if (!isRangeKey(event.key)) return;
    event.preventDefault();
    setRange(afterKey(range, event.key, event.shiftKey, count));
  }
  const isWorthATip = hovered !== undefined && !isDragging && range === undefined;
  return (
    <div className={css.plot}>
      {range && <RangeMark range={range} count={count} />}
      {isWorthATip && <div className={css.cursor} style={{ left: `${(hovered / count) * 100}%`, width: `${100 / count}%` }} />}
      <div
        className={css.brush}
        role="slider"
        tabIndex={0}
        aria-label="Time range. Arrow keys move it, Shift and arrow keys stretch it, Enter zooms in, Escape leaves"
        aria-valuemin={1}
        aria-valuemax={count}
        aria-valuenow={(range?.head ?? count - 1) + 1}
        aria-valuetext={range ? `${wordsOf(range)}, ${attemptsIn(range, stack.totals)} attempts` : "No range chosen"}
        onPointerDown={begin}
        onPointerMove={move}
        onPointerUp={() => setDragging(false)}
        onPointerCancel={() => setDragging(false)}
        onPointerLeave={() => setHovered(undefined)}
        onKeyDown={press}
      />
      {range && <RangePill range={range} count={count} words={wordsOf(range)} attempts={attemptsIn(range, stack.totals)} onZoom={zoom} />}
      {isWorthATip && (
        <BucketTip
          bucket={hovered}
          stack={stack}
          before={before?.[hovered]}
          split={split}
          words={wordsOf({ anchor: hovered, head: hovered })}
        />
      )}
    </div>
  );
}

function RangeMark({ range, count }: { readonly range: BucketRange; readonly count: number }) {
  const from = (firstOf(range) / count) * 100;
  const to = ((lastOf(range) + 1) / count) * 100;
  return <div className={css.range} style={{ left: `${from}%`, width: `${to - from}%` }} />;
}

function placeOf(event: PointerEvent<HTMLElement>): number {
  const box = event.currentTarget.getBoundingClientRect();
  return (event.clientX - box.left) / box.width;
}
