/** Moments in the tables of the coverage page. */
import { formatAge } from "#lib/format/format-age.ts";

/** `iso` empty = it never was; `now` in milliseconds since 1970. */
export function agoWords(iso: string, now: number): string {
  if (iso === "") return "never";
  const age = formatAge(now - Date.parse(iso));
  return age === "now" ? age : `${age} ago`;
}

/** "2026-01-01 12:00:00", in UTC. */
export function clockWords(iso: string): string {
  return iso.slice(0, 19).replace("T", " ");
}
