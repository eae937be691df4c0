/** How long ago something was seen, or when, where "ago" would tell nothing: rows of an old log were all seen 64 d ago. */
import { formatAge } from "#lib/format/format-age.ts";
import { formatDay, type Offset } from "#lib/format/format-instant.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** All instants are milliseconds since 1970. */
export function seenWords(at: number, end: number, now: number, offset: Offset): string {
  if (now - end <= HOUR) return formatAge(now - at);
  if (end - at < DAY) return new Date(at + offset(at)).toISOString().slice(11, 16);
  return formatDay(at, at, offset);
}
