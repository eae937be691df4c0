/** From a window as written to instants; and the window a page opens on when nobody chose one. */
import { parseTime } from "#lib/flows/flow-time.ts";
import type { ResolvedWindow, Window } from "./window.ts";

/** First and last instant held, as flows write them: ISO with nanoseconds. */
export interface Span {
  readonly oldest: string;
  readonly newest: string;
}

export type WindowRead =
  | { readonly window: ResolvedWindow; readonly problem?: never }
  | { readonly problem: { readonly field: "from" | "to"; readonly reason: string }; readonly window?: never };

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const UNITS: ReadonlyMap<string, number> = new Map([
  ["s", 1000],
  ["m", 60_000],
  ["h", HOUR],
  ["d", DAY],
  ["w", 7 * DAY],
]);
const RELATIVE = /^now(?:([-+])([0-9]{1,9})([smhdw]))?$/;
const DATE = /^\d{4}-\d\d-\d\d$/;
const SHORT_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?$/;
const SHORT_ZONED = /^(\d{4}-\d\d-\d\dT\d\d:\d\d)(Z|[+-]\d\d:\d\d)$/;
/** What JavaScript's Date can hold. */
const LATEST = 8_640_000_000_000_000;

/**
 * Without a chosen window: all the store's data where it reaches back 26 h at most or its newest flow is older than an hour (an old log),
 * else the last 24 h. With nothing stored: the last 24 h.
 */
export function resolveWindow(window: Window | undefined, nowMs: number, span: Span | undefined): WindowRead {
  if (window === undefined) return { window: defaultWindow(nowMs, span) };
  const from = instantOf(window.from, nowMs);
  if (from === undefined) return unreadable("from", window.from);
  const to = instantOf(window.to, nowMs);
  if (to === undefined) return unreadable("to", window.to);
  if (from >= to) return { problem: { field: "to", reason: "the window ends before it begins" } };
  return { window: { from, to } };
}

/** The window of equal length directly before. */
export function windowBefore(window: ResolvedWindow): ResolvedWindow {
  return { from: window.from - (window.to - window.from), to: window.from };
}

/** Milliseconds since 1970; undefined when it is neither relative to now nor an instant. A time without zone is UTC. */
export function instantOf(text: string, nowMs: number): number | undefined {
  const relative = RELATIVE.exec(text);
  if (relative) {
    const [, sign, count = "0", unit = "s"] = relative;
    const distance = Number(count) * (UNITS.get(unit) ?? 0);
    return inRange(sign === "+" ? nowMs + distance : nowMs - distance);
  }
  const instant = parseTime(fullInstant(text));
  return instant === undefined ? undefined : inRange(Number(floorMs(instant)));
}

function defaultWindow(nowMs: number, span: Span | undefined): ResolvedWindow {
  const lastDay = { from: nowMs - DAY, to: nowMs };
  const oldest = span && parseTime(span.oldest);
  const newest = span && parseTime(span.newest);
  if (oldest === undefined || newest === undefined) return lastDay;
  const from = Number(floorMs(oldest));
  const to = Number(floorMs(newest)) + 1;
  return from >= nowMs - 26 * HOUR || to <= nowMs - HOUR ? { from, to } : lastDay;
}

function fullInstant(text: string): string {
  if (DATE.test(text)) return `${text}T00:00:00Z`;
  if (SHORT_TIME.test(text)) return text.length === 16 ? `${text}:00Z` : `${text}Z`;
  return text.replace(SHORT_ZONED, "$1:00$2");
}

function floorMs(instant: bigint): bigint {
  const ms = instant / 1_000_000n;
  return instant < 0n && ms * 1_000_000n !== instant ? ms - 1n : ms;
}

function inRange(ms: number): number | undefined {
  return Math.abs(ms) <= LATEST ? ms : undefined;
}

function unreadable(field: "from" | "to", text: string): WindowRead {
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  return { problem: { field, reason: `"${shown}" is neither an instant nor now, now-24h, now-15m or the like` } };
}

/** As a coverage and a link write it. */
export function isoWindow({ from, to }: ResolvedWindow): { readonly from: string; readonly to: string } {
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}
