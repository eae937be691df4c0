/** Flow time: nanoseconds since 1970 as a bigint, and the two ways Cilium's world writes it as RFC 3339 text. */

const NS_PER_SECOND = 1_000_000_000n;
const DIGIT_0 = 0x30;
const POWERS_OF_TEN = [1_000_000_000, 100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1000, 100, 10, 1] as const;

/** Nanoseconds of other years fit into 64 bits no more, or leave no room to reckon with. Go's zero time is year 1. */
const YEARS = { from: 1824, to: 2115 } as const;

/**
 * RFC 3339 text with any offset and any number of fraction digits (what lies below a nanosecond is cut); undefined when it is no instant of the
 * years 1824 to 2115.
 */
export function parseTime(text: string): bigint | undefined {
  if (text.length < 20 || !hasMarks(text)) return undefined;
  const days = daysSince1970(digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2));
  const [hour, minute, second] = [digits(text, 11, 2), digits(text, 14, 2), digits(text, 17, 2)];
  if (days === undefined || !(hour < 24 && minute < 60 && second < 60)) return undefined;
  const fractionEnd = endOfFraction(text, 19);
  const offsetSeconds = readOffset(text, fractionEnd);
  if (offsetSeconds === undefined || fractionEnd === 20) return undefined;
  const counted = Math.min(9, Math.max(0, fractionEnd - 20));
  const nanos = counted === 0 ? 0 : digits(text, 20, counted) * (POWERS_OF_TEN[counted] ?? 0);
  const seconds = days * 86_400 + (hour * 60 + minute) * 60 + second - offsetSeconds;
  return BigInt(seconds) * NS_PER_SECOND + BigInt(nanos);
}

function hasMarks(text: string): boolean {
  const between = text.charAt(10);
  return (
    text.charAt(4) === "-" &&
    text.charAt(7) === "-" &&
    (between === "T" || between === "t") &&
    text.charAt(13) === ":" &&
    text.charAt(16) === ":"
  );
}

/** The number that `count` digits make, NaN when one of them is none. */
function digits(text: string, start: number, count: number): number {
  let number = 0;
  for (let at = start; at < start + count; at++) {
    const digit = text.charCodeAt(at) - DIGIT_0;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    number = number * 10 + digit;
  }
  return number;
}

/** One past the fraction's last digit; `start` when there is none, `start + 1` when its digits are missing. */
function endOfFraction(text: string, start: number): number {
  const mark = text.charAt(start);
  if (mark !== "." && mark !== ",") return start;
  let at = start + 1;
  while (digits(text, at, 1) >= 0) at++;
  return at;
}

/** Seconds east of UTC told by `Z` or `+01:00`, which must be the rest of the text. */
function readOffset(text: string, start: number): number | undefined {
  const sign = text.charAt(start);
  if (sign === "Z" || sign === "z") return text.length === start + 1 ? 0 : undefined;
  if ((sign !== "+" && sign !== "-") || text.length !== start + 6 || text.charAt(start + 3) !== ":") return undefined;
  const [hours, minutes] = [digits(text, start + 1, 2), digits(text, start + 4, 2)];
  if (!(hours < 24 && minutes < 60)) return undefined;
  return (sign === "-" ? -1 : 1) * (hours * 60 + minutes) * 60;
}

/** The day asked for last, which most lines of a log share. */
let recent = { year: 1970, month: 1, day: 1, days: 0 };

function daysSince1970(year: number, month: number, day: number): number | undefined {
  if (year === recent.year && month === recent.month && day === recent.day) return recent.days;
  if (!(year >= YEARS.from && year <= YEARS.to && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month))) return undefined;
  const days = new Date(0).setUTCFullYear(year, month - 1, day) / 86_400_000;
  recent = { year, month, day, days };
  return days;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Nanoseconds since 1970 as whole milliseconds. */
export function msOfTime(ns: bigint): number {
  return Number(ns / 1_000_000n);
}

/** As protojson writes it, hence as every flow line does: UTC, `Z`, and 0, 3, 6 or 9 fraction digits, as few as keep the value. */
export function formatTime(ns: bigint): string {
  const nanos = nanosOf(ns);
  if (nanos === 0) return `${secondText(ns)}Z`;
  if (nanos % 1_000_000 === 0) return `${secondText(ns)}.${String(nanos / 1_000_000).padStart(3, "0")}Z`;
  if (nanos % 1000 === 0) return `${secondText(ns)}.${String(nanos / 1000).padStart(6, "0")}Z`;
  return `${secondText(ns)}.${String(nanos).padStart(9, "0")}Z`;
}

/** As Go's RFC3339Nano writes it, hence container runtimes and many shippers: UTC, `Z`, fraction digits without trailing zeros. */
export function formatTimeShort(ns: bigint): string {
  const nanos = nanosOf(ns);
  if (nanos === 0) return `${secondText(ns)}Z`;
  return `${secondText(ns)}.${String(nanos).padStart(9, "0").replace(/0+$/, "")}Z`;
}

function nanosOf(ns: bigint): number {
  const rest = Number(ns % NS_PER_SECOND);
  return rest < 0 ? rest + 1_000_000_000 : rest;
}

function secondText(ns: bigint): string {
  const wholeSeconds = (ns - BigInt(nanosOf(ns))) / NS_PER_SECOND;
  return new Date(Number(wholeSeconds) * 1000).toISOString().slice(0, 19);
}
