/** Between instants and what a date-time field holds: `2026-09-21 10:42:00`, the same in every language, pasted as well as typed. */
import type { Offset } from "#lib/format/format-instant.ts";

/** Milliseconds since 1970 to the field's text on a clock; seconds only where there are some. */
export function fieldText(at: number, offset: Offset): string {
  const text = new Date(at + offset(at)).toISOString().slice(0, 19).replace("T", " ");
  return text.endsWith(":00") ? text.slice(0, -3) : text;
}

const WRITTEN = /^(\d{4}-\d\d-\d\d)(?:[ T]+(\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?))?\s*(Z|[+-]\d\d:\d\d)?$/i;

/** Undefined where the field holds no instant. A zone that is written wins over the clock; a day alone begins at midnight. */
export function instantOfField(text: string, offset: Offset): number | undefined {
  const [, day, clock = "00:00", zone] = WRITTEN.exec(text.trim()) ?? [];
  if (day === undefined) return undefined;
  const wall = Date.parse(`${day}T${clock}${zone?.toUpperCase() ?? "Z"}`);
  // Date.parse turns 30 February into 2 March
  const isReal = !Number.isNaN(Date.parse(day)) && new Date(Date.parse(day)).toISOString().startsWith(day);
  if (Number.isNaN(wall) || !isReal) return undefined;
  if (zone !== undefined) return wall;
  // the offset at the instant itself, which around a change of clocks is not that at the wall time read as UTC
  return wall - offset(wall - offset(wall));
}

/** The query of a fixed window in front of what else was chosen (`?ns=a` or empty). */
export function rangeQuery(from: number, to: number, rest: string): string {
  const text = (at: number): string => new Date(at).toISOString().replace(".000Z", "Z");
  const others = rest.replace(/^\?/, "");
  return `?from=${text(from)}&to=${text(to)}${others === "" ? "" : `&${others}`}`;
}
