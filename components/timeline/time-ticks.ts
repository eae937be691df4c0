/** The timeline's lower axis: where labels stand and what they say. Times are milliseconds since 1970. */
import { formatDay, type Offset } from "#lib/format/format-instant.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS = [
  ...[1, 5, 10, 50, 100, 500],
  ...[1, 5, 15, 30].map((seconds) => seconds * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR),
  ...[1, 2, 7, 14, 28, 91, 182, 364, 1820].map((days) => days * DAY),
];

export interface TimeTick {
  readonly at: number;
  readonly label: string;
}

/** At most `most` ticks at round clock times; a tick at midnight names the day instead of the hour. */
export function timeTicks(from: number, to: number, most: number, offset: Offset): readonly TimeTick[] {
  const step = STEPS.find((candidate) => (to - from) / candidate <= most) ?? DAY * 3640;
  const ticks: TimeTick[] = [];
  for (let clock = Math.ceil((from + offset(from)) / step) * step; ; clock += step) {
    const at = instantOf(clock, offset);
    if (at > to) return ticks;
    if (at >= from) ticks.push({ at, label: labelOf(clock, step) });
  }
}

/** The instant at which the place's clock shows `clock`; asked twice because the offset may change in between. */
function instantOf(clock: number, offset: Offset): number {
  return clock - offset(clock - offset(clock));
}

function labelOf(clock: number, step: number): string {
  const time = new Date(clock).toISOString();
  if (clock % DAY === 0) return formatDay(clock, clock);
  if (step >= MINUTE) return time.slice(11, 16);
  return step >= SECOND ? time.slice(11, 19) : time.slice(11, 23);
}
