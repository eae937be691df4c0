/** The window as parameters: `from=now-24h` stays relative, `from=2026-09-21T10:42:00Z&to=…` is pinned; `to` is `now` unless said. */
import type { Window } from "#lib/questions/window.ts";
import type { Unreadable } from "./unreadable.ts";

const UNIT_SECONDS: ReadonlyMap<string, number> = new Map([
  ["s", 1],
  ["m", 60],
  ["h", 3600],
  ["d", 86_400],
  ["w", 604_800],
]);
const RELATIVE = /^now(?:-([1-9]\d{0,6})([smhdw]))?$/;
const INSTANT = /^(\d{4}-\d\d-\d\d)(?:[Tt ](\d\d:\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?([Zz]|[+ -]\d\d:\d\d))?$/;

export interface ReadWindow {
  readonly window: Window | undefined;
  readonly unreadable: readonly Unreadable[];
}

export function readWindow(from: string | undefined, to: string | undefined): ReadWindow {
  if (from === undefined && to === undefined) return { window: undefined, unreadable: [] };
  if (from === undefined)
    return { window: undefined, unreadable: [{ name: "to", value: to ?? "", why: "A window that ends needs from, too." }] };
  const [start, end] = [readMoment(from), readMoment(to ?? "now")];
  const unreadable: Unreadable[] = [];
  if (start === undefined) unreadable.push({ name: "from", value: from, why: whyNot(from) });
  if (end === undefined) unreadable.push({ name: "to", value: to ?? "", why: whyNot(to ?? "") });
  if (start === undefined || end === undefined) return { window: undefined, unreadable };
  if (start.relative === end.relative && start.at >= end.at) {
    return { window: undefined, unreadable: [{ name: "from", value: from, why: "The window ends before it begins." }] };
  }
  return { window: { from: start.text, to: end.text }, unreadable };
}

export function printWindow(window: Window | undefined): readonly (readonly [string, string])[] {
  if (window === undefined) return [];
  return window.to === "now"
    ? [["from", window.from]]
    : [
        ["from", window.from],
        ["to", window.to],
      ];
}

function whyNot(text: string): string {
  if (/^now-\d+[smhdw]$/.test(text)) return "A window begins at least a second and at most 100 years before now.";
  if (timeOf(text) !== undefined) return "A moment lies between 1970 and 2262: nothing is stored of other years.";
  return "A moment is now, now-24h (s, m, h, d, w) or an instant with its zone such as 2026-09-21T10:42:00Z.";
}

interface Moment {
  readonly text: string;
  readonly relative: boolean;
  /** Milliseconds: since 1970, or relative to now. */
  readonly at: number;
}

function readMoment(text: string): Moment | undefined {
  const relative = RELATIVE.exec(text);
  if (relative) {
    const [, count = "0", unit = "s"] = relative;
    const back = Number(count) * (UNIT_SECONDS.get(unit) ?? 1) * 1000;
    return back <= MAX_BACK ? { text, relative: true, at: -back } : undefined;
  }
  const at = readInstant(text);
  return at === undefined ? undefined : { text: instantText(at), relative: false, at };
}

/** Milliseconds since 1970, of any year that is written with four digits. A date alone is midnight UTC; a `+` that a form turned into a blank is read as `+`. */
function timeOf(text: string): number | undefined {
  const [, date = "", clock = "00:00", seconds = "00", fraction = "0", zone = "Z"] = INSTANT.exec(text) ?? [];
  const local = `${date}T${clock}:${seconds}.${fraction.slice(0, 3).padEnd(3, "0")}`;
  const asUtc = Date.parse(`${local}Z`);
  const at = Date.parse(local + zone.replace(" ", "+").toUpperCase());
  if (Number.isNaN(asUtc) || Number.isNaN(at)) return undefined;
  // Date.parse turns 30 February into 2 March.
  return new Date(asUtc).toISOString().startsWith(local) ? at : undefined;
}

function readInstant(text: string): number | undefined {
  const at = timeOf(text);
  return at !== undefined && at >= 0 && at < MAX_INSTANT ? at : undefined;
}

/** Times are stored as nanoseconds in signed 64 bits, which end in April 2262. */
const MAX_INSTANT = Date.UTC(2262, 0);
const MAX_BACK = 100 * 366 * 86_400_000;

/** `2026-09-21T10:42:00Z`, milliseconds only where there are some. */
export function instantText(ms: number): string {
  return new Date(ms).toISOString().replace(".000Z", "Z");
}
