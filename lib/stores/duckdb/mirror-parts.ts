/** Rows of the mirror as parts. */
import { ASPECT_COLUMNS, ASPECTS, type Aspect } from "./aspects.ts";
import type { Mirror } from "./mirror.ts";
import { COUNTS_DISTINCT, emptyParts, type Parts } from "./parts.ts";

/** `rows`: ordered by attempt. */
export function partsOf(mirror: Mirror, rows: Uint32Array): ReturnType<typeof emptyParts> {
  const parts = emptyParts(rows.length);
  parts.mode.fill(COUNTS_DISTINCT);
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] ?? 0;
    parts.attempt[at] = mirror.attempt[row] ?? 0;
    parts.firstMs[at] = mirror.firstMs[row] ?? 0;
    parts.firstNs[at] = mirror.firstNs[row] ?? 0;
    parts.lastMs[at] = mirror.lastMs[row] ?? 0;
    parts.lastNs[at] = mirror.lastNs[row] ?? 0;
    parts.packets[at] = mirror.packets[row] ?? 0;
    parts.session[at] = mirror.session[row] ?? 0;
  }
  for (const aspect of ASPECTS) fillIds(parts, mirror, rows, aspect);
  return parts;
}

function fillIds(parts: Parts, mirror: Mirror, rows: Uint32Array, aspect: Aspect): void {
  const { values, width } = mirror.combinations[aspect];
  const of = mirror.of[aspect];
  for (const [index, column] of ASPECT_COLUMNS[aspect].entries()) {
    if (column === "grp" || (column === "event" && aspect !== "rule")) continue;
    const ids = parts.ids[column];
    for (let at = 0; at < rows.length; at++) ids[at] = values[(of[rows[at] ?? 0] ?? 0) * width + index] ?? 0;
  }
}
