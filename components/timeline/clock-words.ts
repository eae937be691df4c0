/** A stretch of the timeline in words, by the clock the page shows: `07:45 – 10:40`, with days where they differ. */
import { formatDay, type Offset } from "#lib/format/format-instant.ts";
import type { ResolvedWindow } from "#lib/questions/window.ts";

/** From half an hour on nobody asks for the second at which a window ends. */
const SHORT = 30 * 60_000;

export function stretchWords({ from, to }: ResolvedWindow, offset: Offset, withDay: boolean): string {
  const isFine = to - from < SHORT && (from % 60_000 !== 0 || to % 60_000 !== 0);
  const timeOf = (at: number): string => new Date(at + offset(at)).toISOString().slice(11, isFine ? 19 : 16);
  const [first, last] = [formatDay(from, from, offset), formatDay(to, to, offset)];
  if (first === last) return `${withDay ? `${first} ` : ""}${timeOf(from)} – ${timeOf(to)}`;
  return `${first} ${timeOf(from)} – ${last} ${timeOf(to)}`;
}
