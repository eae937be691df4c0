/** The upright axis of the timeline: zero and three grid lines at round numbers. */

const LINES = 3;
const STEPS = [1, 2, 3, 4, 5, 6, 8, 10];

export interface ValueScale {
  readonly ticks: readonly number[];
  readonly top: number;
}

/** Attempts are whole, so the smallest step is 1 and an empty window still shows an axis. */
export function valueScale(highest: number): ValueScale {
  const wanted = Math.max(1, highest / LINES);
  const magnitude = 10 ** Math.floor(Math.log10(wanted));
  const step = magnitude * (STEPS.find((candidate) => candidate * magnitude >= wanted) ?? 10);
  const ticks = Array.from({ length: LINES + 1 }, (_, line) => line * step);
  return { ticks, top: step * LINES };
}
