/** Where a question without rows can go: the nearest time that has something, a wider window, fewer filters. */
import { isEverything } from "#lib/filters/edit-filter.ts";
import { EVERYTHING } from "#lib/filters/filter.ts";
import { formatInstant } from "#lib/format/format-instant.ts";
import type { Coverage } from "#lib/questions/answer.ts";
import type { ResolvedWindow } from "#lib/questions/window.ts";
import { hrefOf, type Search } from "#lib/url/search.ts";

export interface WayOn {
  readonly href: string;
  readonly words: string;
}

export interface WaysWanted {
  readonly path: string;
  readonly search: Search;
  readonly asked: ResolvedWindow;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly span: Coverage["span"];
  /** Time of the nearest flow that the filter shows, ISO. */
  readonly nearest: string | undefined;
}

/** Best first, at most three. */
export function waysOn({ path, search, asked, now, span, nearest }: WaysWanted): readonly WayOn[] {
  const ways: WayOn[] = [];
  if (nearest !== undefined) {
    const at = Date.parse(nearest);
    ways.push({
      href: hrefOf(path, { ...search, window: around(at, asked) }),
      words: `Nearest blocked egress: ${formatInstant(at, now)} UTC`,
    });
  }
  if (span !== undefined && isWider(span, asked)) {
    const window = { from: span.oldest, to: isoAfter(span.newest) };
    ways.push({ href: hrefOf(path, { ...search, window }), words: "All stored time" });
  }
  if (!isEverything(search.filter) || search.text !== "") {
    ways.push({ href: hrefOf(path, { ...search, filter: EVERYTHING, text: "" }), words: "The same window without filters" });
  }
  return ways;
}

/** A window of the same length with the instant in its middle. */
function around(at: number, asked: ResolvedWindow): { from: string; to: string } {
  const half = Math.max(30_000, Math.round((asked.to - asked.from) / 2));
  return { from: iso(at - half), to: iso(at + half) };
}

function isWider(span: { readonly oldest: string; readonly newest: string }, asked: ResolvedWindow): boolean {
  return Date.parse(span.oldest) < asked.from || Date.parse(span.newest) >= asked.to;
}

function isoAfter(instant: string): string {
  return iso(Math.floor(Date.parse(instant)) + 1);
}

function iso(at: number): string {
  return new Date(Math.max(0, at)).toISOString();
}
