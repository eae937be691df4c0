/** The width of a timeline bucket in words: "15 minutes", "hour". Widths are milliseconds. */

const UNITS: readonly (readonly [name: string, width: number])[] = [
  ["week", 604_800_000],
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1000],
  ["millisecond", 1],
];

export function bucketWords(width: number): string {
  const [name, unit] = UNITS.find(([, candidate]) => width >= candidate && width % candidate === 0) ?? ["millisecond", 1];
  const count = width / unit;
  return count === 1 ? name : `${count} ${name}s`;
}
