/** Rows of the mirror as parts. */
import { ASPECT_COLUMNS, ASPECTS, type Aspect } from "./aspects.ts";
import { COUNTS_DISTINCT, type emptyParts, type PartSource, type Parts, pickShared } from "./parts.ts";
import type { RowColumns } from "./row-lists.ts";

/** `rows`: of the columns and of what parts are picked from, ordered by attempt. */
export function partsOf(columns: RowColumns, source: PartSource, rows: Uint32Array): ReturnType<typeof emptyParts> {
  const parts = pickShared(source, rows);
  parts.mode.fill(COUNTS_DISTINCT);
  for (const aspect of ASPECTS) fillIds(parts, columns, rows, aspect);
  return parts;
}

function fillIds(parts: Parts, columns: RowColumns, rows: Uint32Array, aspect: Aspect): void {
  const { values, width } = columns.combinations[aspect];
  const of = columns.of[aspect];
  for (const [index, column] of ASPECT_COLUMNS[aspect].entries()) {
    if (column === "grp" || (column === "event" && aspect !== "rule")) continue;
    const ids = parts.ids[column];
    for (let at = 0; at < rows.length; at++) ids[at] = values[(of[rows[at] ?? 0] ?? 0) * width + index] ?? 0;
  }
}
