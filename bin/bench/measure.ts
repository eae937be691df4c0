/** Timing that survives a shared machine: runs are interleaved, and what is quoted is the median of pairwise ratios. */

export interface Quantiles {
  readonly p50: number;
  readonly p95: number;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

export function quantilesOf(values: readonly number[]): Quantiles {
  return { p50: quantile(values, 0.5), p95: quantile(values, 0.95) };
}

/** Milliseconds that one call takes. */
export async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Runs A and B in turn, `pairs` times; gives both lists of milliseconds and the median of the ratios B / A. */
export async function paired(
  pairs: number,
  a: () => Promise<void>,
  b: () => Promise<void>,
): Promise<{ a: number[]; b: number[]; ratio: number }> {
  const timesA: number[] = [];
  const timesB: number[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    timesA.push(await timed(a));
    timesB.push(await timed(b));
  }
  return { a: timesA, b: timesB, ratio: median(timesA.map((time, index) => (timesB[index] ?? Number.NaN) / time)) };
}
