/** Whether a process that should stay as it is takes more and more memory. */

/** Too few reports say nothing: a process grows at its beginning. */
const REPORTS_LEAST = 40;

/** Of the longest life: median of its last quarter over median of its second; 0 = none was long enough. */
export function memoryGrowth(lives: readonly (readonly number[])[]): number {
  const longest = lives.reduce((most, life) => (life.length > most.length ? life : most), []);
  if (longest.length < REPORTS_LEAST) return 0;
  const quarter = Math.floor(longest.length / 4);
  return median(longest.slice(-quarter)) / median(longest.slice(quarter, 2 * quarter));
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
