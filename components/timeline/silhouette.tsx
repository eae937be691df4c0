/** The timeline's shape without axes or script: what a shared page shows first, in the place where the chart will stand. */
import { gapHeights, outlineOf, type Stack } from "./stack.ts";
import css from "./timeline.module.css";

export function Silhouette({ stack }: { stack: Stack }) {
  const { top } = stack.scale;
  const count = stack.totals.length;
  const gaps = gapHeights(stack.totals).map((height, bucket) => `M${bucket + 1} ${top}V${top - height}`);
  return (
    <svg className={css.silhouette} viewBox={`0 0 ${count} ${top}`} preserveAspectRatio="none" aria-hidden="true">
      {stack.series.map((series, index) => (
        <path key={series.name} d={outlineOf(stack, index)} fill={series.fill} />
      ))}
      <path d={gaps.join("")} className={css.gaps} />
    </svg>
  );
}
