/**
 * Recognises the retries of one connection: lines that differ in their times and uuid only. Most lines of a blocked connection are such
 * (Linux sends a SYN up to 7 times), and one comparison of the rest is far cheaper than reading it hole by hole.
 */
import type { LineShape } from "#lib/flows/flow.ts";
import type { Hole } from "./find-holes.ts";

/** What stands between two holes of time or uuid, word for word, and what it said. */
export interface Repeat<Branch, Saved> {
  readonly from: Branch;
  readonly text: string;
  readonly holes: readonly string[];
  readonly to: Branch;
  readonly saved: Saved;
}

/** Where in the repeated text the addresses and ports of a connection stand, counted from its beginning. */
export interface Telling {
  readonly start: number;
  readonly end: number;
}

/** Retries come within a few hundred lines. Kept in slots, so that it is bounded and nothing must be thrown away. */
const SLOTS = 2048;
const TELLING_MAX = 128;
const TELLING_MARGIN = 8;

export class LineRepeats<Branch, Saved> {
  private readonly slots: (Repeat<Branch, Saved> | undefined)[] = Array.from({ length: SLOTS }, () => undefined);

  /** The repeat that stands at `at`, undefined when the line says something else. */
  find(from: Branch, line: string, at: number, slot: number): Repeat<Branch, Saved> | undefined {
    const repeat = this.slots[slot];
    return repeat !== undefined && repeat.from === from && line.slice(at, at + repeat.text.length) === repeat.text ? repeat : undefined;
  }

  keep(slot: number, repeat: Repeat<Branch, Saved>): void {
    this.slots[slot] = repeat;
  }
}

/** Every third char is enough to tell connections apart, and two in one slot do no harm. */
export function slotOf(line: string, at: number, telling: Telling): number {
  let sum = 0;
  for (let position = at + telling.start; position < at + telling.end; position += 2)
    sum = (Math.imul(sum, 31) + line.charCodeAt(position)) | 0;
  return (sum ^ (sum >>> 11)) & (SLOTS - 1);
}

/** How many of the first holes are times or uuids: what may repeat begins behind them. */
export function holesBeforeRepeat(holes: readonly Hole[]): number {
  const first = holes.findIndex(
    ({ reader }) => reader !== "time" && reader !== "sameTime" && reader !== "uuid" && reader !== "headWords" && reader !== "headTime",
  );
  return first < 0 ? holes.length : first;
}

/** One past the last hole before the next time or uuid. */
export function repeatEnd(kinds: LineShape["kinds"], start: number): number {
  let end = start;
  while (end < kinds.length && kinds[end] !== "time" && kinds[end] !== "time_short" && kinds[end] !== "uuid") end++;
  return end;
}

/** Undefined when the line has no addresses to tell by. */
export function tellingOf(holes: readonly Hole[], first: number): Telling | undefined {
  const base = holes[first - 1]?.end ?? 0;
  const of = (reader: Hole["reader"]): Hole | undefined => holes.find((hole, index) => index >= first && hole.reader === reader);
  const address = of("sourceIp") ?? of("destinationIp");
  if (!address) return undefined;
  const start = address.start - base;
  const end = (of("sourcePort") ?? of("destinationIp") ?? address).end - base + TELLING_MARGIN;
  return { start, end: end > start ? Math.min(end, start + TELLING_MAX) : start + TELLING_MAX };
}
