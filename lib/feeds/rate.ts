/** How fast something goes, over the last few seconds. */

const SPAN_MS = 4_000;
const STEP_MS = 200;

export interface Rate {
  /** The whole amount so far, at a moment in monotonic milliseconds. */
  at(total: number, ms: number): void;
  perSecond(): number;
}

export function createRate(): Rate {
  let points: { readonly ms: number; readonly total: number }[] = [];
  return {
    at(total, ms) {
      const last = points.at(-1);
      if (last !== undefined && ms - last.ms < STEP_MS) return;
      points.push({ ms, total });
      if (points.length > SPAN_MS / STEP_MS + 1) points = points.slice(1);
    },
    perSecond() {
      const first = points[0];
      const last = points.at(-1);
      if (first === undefined || last === undefined || last.ms <= first.ms) return 0;
      return ((last.total - first.total) * 1_000) / (last.ms - first.ms);
    },
  };
}
