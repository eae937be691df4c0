/** The shape of a row over the window, on its own scale from zero. The number beside it says the size. */
import css from "./sparkline.module.css";

interface Props {
  readonly values: readonly number[];
  /** Pixels. */
  readonly width?: number;
  readonly height?: number;
}

export function Sparkline({ values, width = 48, height = 18 }: Props) {
  const line = sparkPath(values, width, height);
  if (line === "") return null;
  return (
    <svg className={css.spark} width={width} height={height} aria-hidden="true">
      <path className={css.fill} d={`${line}L${width} ${height}L0 ${height}Z`} />
      <path className={css.line} d={line} />
    </svg>
  );
}

/** An SVG path from the left edge to the right; empty where there is nothing to draw. */
export function sparkPath(values: readonly number[], width: number, height: number): string {
  if (values.length === 0) return "";
  const points = values.length === 1 ? [...values, ...values] : values;
  const top = Math.max(...points, 1);
  return points
    .map((value, index) => {
      const x = round((index / (points.length - 1)) * width);
      const y = round(height - 1.5 - (Math.max(0, value) / top) * (height - 3));
      return `${index === 0 ? "M" : "L"}${x} ${y}`;
    })
    .join("");
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
