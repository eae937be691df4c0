/** Spans of time in words: one unit in tables, two in sentences. Milliseconds in. */

const UNITS: readonly (readonly [unit: string, width: number])[] = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1000],
];
const HOURS_UNTIL = 48 * 3_600_000;

/** `now` under a second (and for a clock that runs ahead), `9 s`, `42 m`, `18 h` up to two days, then `12 d`. */
export function formatAge(age: number): string {
  const [unit, width] = UNITS.find(([name, size]) => age >= (name === "d" ? HOURS_UNTIL : size)) ?? [];
  return unit === undefined || width === undefined ? "now" : `${Math.floor(age / width)} ${unit}`;
}

/** `2 h 38 m ago`, `now`. */
export function formatAgo(age: number): string {
  return age < 1000 ? "now" : `${formatDuration(age)} ago`;
}

/** `2 h 38 m`, `7 d`, `340 ms`. The second unit is left out where it is zero. */
export function formatDuration(length: number): string {
  const index = UNITS.findIndex(([, size]) => length >= size);
  const [unit, width] = UNITS[index] ?? [];
  if (unit === undefined || width === undefined) return `${Math.max(0, Math.round(length))} ms`;
  const whole = Math.floor(length / width);
  const [smaller, smallerWidth] = UNITS[index + 1] ?? [];
  const rest = smallerWidth === undefined ? 0 : Math.floor((length - whole * width) / smallerWidth);
  return rest === 0 ? `${whole} ${unit}` : `${whole} ${unit} ${rest} ${smaller}`;
}
