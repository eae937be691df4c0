/** A count on an axis: `8k`, `1.5M`. Only for round numbers; tables and prose write counts in full. */
export function shortCount(value: number): string {
  if (value >= 1e9) return `${round(value / 1e9)}G`;
  if (value >= 1e6) return `${round(value / 1e6)}M`;
  return value >= 1000 ? `${round(value / 1000)}k` : String(value);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
