/** Instants and windows on a wall clock. The zone comes in as an offset, because a server does not know the reader's. */

/** Milliseconds that the wall clock is ahead of UTC at an instant. */
export type Offset = (at: number) => number;
export const UTC: Offset = () => 0;

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const SHORT_WINDOW = 10 * 60_000;

/** `10:42:16.503`, from an ISO instant of any precision; as given where it is none. */
export function formatFlowTime(iso: string, offset: Offset = UTC): string {
  const at = Date.parse(iso);
  return Number.isNaN(at) ? iso : isoOn(at, offset).slice(11, 23);
}

/** `22 Sep`, with the year where it is not that of `now`; without end as `now`, always with it. */
export function formatDay(at: number, now: number, offset: Offset = UTC): string {
  const iso = isoOn(at, offset);
  const day = `${Number(iso.slice(8, 10))} ${MONTHS[Number(iso.slice(5, 7)) - 1]}`;
  return Number.isFinite(now) && iso.slice(0, 4) === isoOn(now, offset).slice(0, 4) ? day : `${day} ${iso.slice(0, 4)}`;
}

/** `22 Sep 10:42`, or `22 Sep 10:42:16` where seconds matter. */
export function formatInstant(at: number, now: number, offset: Offset = UTC, seconds = false): string {
  return `${formatDay(at, now, offset)} ${isoOn(at, offset).slice(11, seconds ? 19 : 16)}`;
}

/** `21 Sep 10:42 – 22 Sep 10:42 UTC`; one day is named once, windows under ten minutes show seconds. */
export function formatWindow(
  window: { readonly from: number; readonly to: number },
  now: number,
  zone: { readonly offset: Offset; readonly name: string } = { offset: UTC, name: "UTC" },
): string {
  const seconds = window.to - window.from < SHORT_WINDOW;
  const yearOf = (at: number): string => isoOn(at, zone.offset).slice(0, 4);
  // a year named at one end only would be read as that of both
  const reader = yearOf(window.from) === yearOf(window.to) ? now : Number.NEGATIVE_INFINITY;
  const from = formatInstant(window.from, reader, zone.offset, seconds);
  const to = formatInstant(window.to, reader, zone.offset, seconds);
  const day = formatDay(window.to, reader, zone.offset);
  const sameDay = formatDay(window.from, reader, zone.offset) === day;
  return `${from} – ${sameDay ? to.slice(day.length + 1) : to} ${zone.name}`;
}

function isoOn(at: number, offset: Offset): string {
  return new Date(at + offset(at)).toISOString();
}
