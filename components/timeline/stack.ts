/** What the timeline draws: its series from the bottom up, the height of every bucket and the fill of every series. */
import { REASONS } from "#lib/flows/reason.ts";
import type { Timeline, TimelineSeries } from "#lib/questions/answer.ts";
import { type ValueScale, valueScale } from "./value-scale.ts";

export interface StackSeries {
  readonly name: string;
  readonly fill: string;
  readonly values: readonly number[];
  readonly sum: number;
}

export interface Stack {
  readonly series: readonly StackSeries[];
  readonly totals: readonly number[];
  readonly scale: ValueScale;
}

/** Steel and water by turns, so that neighbours differ: reason colours are for reasons alone. */
const GROUP_FILLS = [
  "var(--accent)",
  "var(--ink-3)",
  mixed("accent", 66),
  mixed("ink-3", 64),
  mixed("accent", 44),
  mixed("ink-3", 42),
  mixed("accent", 28),
  mixed("ink-3", 26),
];
const OTHER_GROUPS_FILL = "var(--line-2)";

export function stackOf(timeline: Timeline, split: "reason" | "group"): Stack {
  const ordered = split === "reason" ? inReasonOrder(timeline.series) : timeline.series;
  const series = ordered.map((each, index) => ({
    name: each.name,
    values: each.values,
    sum: each.values.reduce((sum, value) => sum + value, 0),
    fill: split === "reason" ? reasonFill(each.name) : (GROUP_FILLS[index] ?? OTHER_GROUPS_FILL),
  }));
  const totals = Array.from({ length: timeline.count }, (_, bucket) => series.reduce((sum, each) => sum + (each.values[bucket] ?? 0), 0));
  return { series, totals, scale: valueScale(Math.max(0, ...totals, ...(timeline.before ?? []))) };
}

/** The outline of one series in bucket and attempt units, y pointing down from `top`: what the page shows before the chart is there. */
export function outlineOf(stack: Stack, index: number): string {
  const below = stack.totals.map((_, bucket) => heightOf(stack, index, bucket));
  const above = stack.totals.map((_, bucket) => heightOf(stack, index + 1, bucket));
  const y = (value: number): number => stack.scale.top - value;
  const over = above.map((value, bucket) => `L${bucket} ${y(value)}H${bucket + 1}`).join("");
  const back = below.map((value, bucket) => `V${y(value)}H${bucket}`).toReversed();
  return `M0 ${y(below[0] ?? 0)}${over}${back.join("")}Z`;
}

/** The lines between neighbouring buckets, each as high as the higher one: drawn in the panel's colour they part the bars. */
export function gapHeights(totals: readonly number[]): readonly number[] {
  return totals.slice(1).map((total, bucket) => Math.max(total, totals[bucket] ?? 0));
}

function heightOf(stack: Stack, count: number, bucket: number): number {
  return stack.series.slice(0, count).reduce((sum, each) => sum + (each.values[bucket] ?? 0), 0);
}

function inReasonOrder(series: readonly TimelineSeries[]): readonly TimelineSeries[] {
  const order: readonly string[] = REASONS;
  return [...series].sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
}

function reasonFill(name: string): string {
  return name === "none" ? "var(--ink-off)" : `var(--${name})`;
}

function mixed(token: string, percent: number): string {
  return `color-mix(in oklab, var(--${token}) ${percent}%, var(--surface))`;
}
