/** The joiner of feeds whose lines are never cut into parts. */
import type { LineJoiner } from "./ingest.ts";

export const WHOLE_LINES: LineJoiner = {
  push: (line) => [line],
  flush: () => [],
  pending: false,
};
