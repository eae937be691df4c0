/** The window in words, as the picker's button says it. */
import type { Coverage } from "#lib/questions/answer.ts";
import type { ResolvedWindow, Window } from "#lib/questions/window.ts";

const UNITS: ReadonlyMap<string, readonly [one: string, many: string]> = new Map([
  ["s", ["second", "seconds"]],
  ["m", ["minute", "minutes"]],
  ["h", ["hour", "hours"]],
  ["d", ["day", "days"]],
  ["w", ["week", "weeks"]],
]);

export interface Preset {
  readonly from: string;
  readonly words: string;
}

/** Windows that end now and move with it. */
export const PRESETS: readonly Preset[] = ["15m", "1h", "6h", "24h", "2d", "7d", "30d"].map((back) => ({
  from: `now-${back}`,
  words: lastWords(back) ?? back,
}));

/** `Last 24 hours`, `All stored time`, `Fixed window`. */
export function windowWords(window: Window | undefined, asked: ResolvedWindow, span: Coverage["span"]): string {
  if (window === undefined) return coversSpan(asked, span) ? "All stored time" : "Last 24 hours";
  if (window.to === "now") {
    const words = lastWords(window.from.replace(/^now-/, ""));
    if (window.from.startsWith("now-") && words !== undefined) return words;
  }
  if (isRelative(window)) return `${window.from} – ${window.to}`;
  return coversSpan(asked, span) ? "All stored time" : "Fixed window";
}

/** Whether it moves with the clock: either end is relative. No window at all follows what is stored. */
export function isRelative(window: Window | undefined): boolean {
  return window === undefined || window.from.startsWith("now") || window.to.startsWith("now");
}

function lastWords(back: string): string | undefined {
  const [, count = "", unit = ""] = /^(\d+)([smhdw])$/.exec(back) ?? [];
  const names = UNITS.get(unit);
  if (names === undefined) return undefined;
  return count === "1" ? `Last ${names[0]}` : `Last ${count} ${names[1]}`;
}

function coversSpan(asked: ResolvedWindow, span: Coverage["span"]): boolean {
  return span !== undefined && asked.from <= Date.parse(span.oldest) && asked.to > Date.parse(span.newest);
}
