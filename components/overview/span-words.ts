/** The length of a window, short: `24 h`, `90 m`, `7 d`. Milliseconds in; what is not a whole number of units is rounded. */
const UNITS: readonly (readonly [unit: string, width: number])[] = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1000],
];

/** Two of a unit are the least worth saying in it: a day is 24 h, two days are 2 d. */
export function spanWords(length: number): string {
  const [unit, width] = UNITS.find(([, candidate]) => length >= 2 * candidate - candidate / 100) ?? ["ms", 1];
  return `${Math.round(length / width)} ${unit}`;
}
