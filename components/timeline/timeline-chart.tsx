"use client";
/** The drawn chart: step areas, three grid lines, axes and the window before. It knows no pointer; the range layer lies above it. */
import { memo } from "react";
import { Area, AreaChart, CartesianGrid, ResponsiveContainer, XAxis, YAxis } from "recharts";
import { formatCountOnAxis } from "#lib/format/format-count.ts";
import { ChartMarks } from "./chart-marks.tsx";
import { AXIS_HEIGHT, AXIS_WIDTH, PLOT_TOP } from "./plot-box.ts";
import type { Stack } from "./stack.ts";
import type { TimeTick } from "./time-ticks.ts";

interface Props {
  readonly stack: Stack;
  readonly before: readonly number[] | undefined;
  readonly start: number;
  readonly width: number;
  readonly ticks: readonly TimeTick[];
}

interface Point {
  readonly at: number;
  readonly bucket: number;
}

const TICK = { fontSize: 11, fill: "var(--ink-3)" };

export const TimelineChart = memo(function TimelineChart({ stack, before, start, width, ticks }: Props) {
  const count = stack.totals.length;
  const points = Array.from(
    { length: count + 1 },
    (_, bucket): Point => ({ at: start + bucket * width, bucket: Math.min(bucket, count - 1) }),
  );
  const labels = new Map(ticks.map((tick) => [tick.at, tick.label]));
  return (
    <ResponsiveContainer width="100%" height="100%">
      <AreaChart data={points} margin={{ top: PLOT_TOP, right: 0, bottom: 0, left: 0 }} accessibilityLayer={false}>
        <CartesianGrid vertical={false} stroke="var(--grid)" />
        <XAxis
          dataKey="at"
          type="number"
          domain={["dataMin", "dataMax"]}
          height={AXIS_HEIGHT}
          ticks={ticks.map((tick) => tick.at)}
          tickFormatter={(at: number) => labels.get(at) ?? ""}
          interval={0}
          tick={TICK}
          tickLine={false}
          axisLine={{ stroke: "var(--line-2)" }}
        />
        <YAxis
          width={AXIS_WIDTH}
          domain={[0, stack.scale.top]}
          ticks={[...stack.scale.ticks]}
          interval={0}
          tickFormatter={formatCountOnAxis}
          tick={TICK}
          tickLine={false}
          axisLine={false}
        />
        {stack.series.map((series) => (
          <Area
            key={series.name}
            dataKey={(point: Point) => series.values[point.bucket] ?? 0}
            type="stepAfter"
            stackId="attempts"
            fill={series.fill}
            fillOpacity={1}
            stroke="var(--surface)"
            strokeWidth={0.8}
            activeDot={false}
            isAnimationActive={false}
          />
        ))}
        <ChartMarks stack={stack} before={before} />
      </AreaChart>
    </ResponsiveContainer>
  );
});
