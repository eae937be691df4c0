/** Between instants and what a date-time field holds: `2026-09-21T10:42:00`, without a zone. */
import type { Offset } from "#lib/format/format-instant.ts";

/** Milliseconds since 1970 to the field's text on a clock. */
export function fieldText(at: number, offset: Offset): string {
  return new Date(at + offset(at)).toISOString().slice(0, 19);
}

/** Undefined where the field holds no instant. */
export function instantOfField(text: string, offset: Offset): number | undefined {
  const wall = Date.parse(`${text}Z`);
  if (Number.isNaN(wall)) return undefined;
  // the offset at the instant itself, which around a change of clocks is not that at the wall time read as UTC
  return wall - offset(wall - offset(wall));
}

/** The query of a fixed window in front of what else was chosen (`?ns=a` or empty). */
export function rangeQuery(from: number, to: number, rest: string): string {
  const text = (at: number): string => new Date(at).toISOString().replace(".000Z", "Z");
  const others = rest.replace(/^\?/, "");
  return `?from=${text(from)}&to=${text(to)}${others === "" ? "" : `&${others}`}`;
}
