"use client";
/** What the timeline draws over its areas: the gaps that make step areas read as bars, and the dashed line of the window before. */
import { usePlotArea, ZIndexLayer } from "recharts";
import { gapHeights, type Stack } from "./stack.ts";
import css from "./timeline.module.css";

/** Recharts draws areas at 100 and axes at 500. */
const ABOVE_AREAS = 150;

interface Props {
  readonly stack: Stack;
  readonly before: readonly number[] | undefined;
}

export function ChartMarks({ stack, before }: Props) {
  const plot = usePlotArea();
  if (plot === undefined) return null;
  const step = plot.width / stack.totals.length;
  const x = (bucket: number): number => plot.x + bucket * step;
  const y = (value: number): number => plot.y + plot.height * (1 - value / stack.scale.top);
  const gaps = gapHeights(stack.totals).map((height, bucket) => `M${x(bucket + 1)} ${y(0)}V${y(height)}`);
  const dashes = before?.map((value, bucket) => `${bucket === 0 ? "M" : "L"}${x(bucket + 0.5)} ${y(value)}`);
  return (
    <ZIndexLayer zIndex={ABOVE_AREAS}>
      <path d={gaps.join("")} className={css.gaps} />
      {dashes && <path d={dashes.join("")} className={css.before} />}
    </ZIndexLayer>
  );
}
