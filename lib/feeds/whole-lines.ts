/** The joiner of feeds whose lines are never cut into parts. */
import type { LineJoiner } from "#lib/decode/join-lines.ts";

export const WHOLE_LINES: LineJoiner = {
  push: (line) => [line],
  flush: () => [],
  pending: false,
};
