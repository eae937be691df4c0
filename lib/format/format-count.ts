/** Numbers as people read them: exact in tables, short in prose and on axes. Unknown is a dash, zero is 0. */

export const UNKNOWN = "—";

const exact = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const oneDecimal = new Intl.NumberFormat("en-US", { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** `1,668,393`; a dash for undefined and for what is no number. */
export function formatCount(count: number | undefined): string {
  return isKnown(count) ? exact.format(count) : UNKNOWN;
}

/** For prose: exact up to 999,999, then `1.7 M`, `2.1 G`. */
export function formatCountInProse(count: number | undefined): string {
  if (!isKnown(count)) return UNKNOWN;
  // 999,950,000 would round to 1000.0 M.
  if (count >= 999_950_000) return `${oneDecimal.format(count / 1e9)} G`;
  return count >= 1_000_000 ? `${oneDecimal.format(count / 1e6)} M` : exact.format(count);
}

/** For axes: `0`, `800`, `8k`, `1.5M`. */
export function formatCountOnAxis(count: number): string {
  const [unit, width] = [["G", 1e9] as const, ["M", 1e6] as const, ["k", 1e3] as const].find(([, size]) => count >= size) ?? ["", 1];
  return `${Number((count / width).toFixed(1))}${unit}`;
}

/** `12.3/s`: one decimal below 100. */
export function formatRate(perSecond: number | undefined): string {
  if (!isKnown(perSecond)) return UNKNOWN;
  return `${perSecond < 99.95 && perSecond !== 0 ? oneDecimal.format(perSecond) : exact.format(perSecond)}/s`;
}

/** `44 %`; what is there never reads 0 %, and what is not all never reads 100 %. */
export function formatShare(part: number, whole: number): string {
  if (!(whole > 0)) return UNKNOWN;
  if (part > 0 && part / whole < 0.01) return "< 1 %";
  return part < whole && part / whole > 0.99 ? "> 99 %" : `${Math.round((part / whole) * 100)} %`;
}

function isKnown(value: number | undefined): value is number {
  return value !== undefined && Number.isFinite(value);
}
