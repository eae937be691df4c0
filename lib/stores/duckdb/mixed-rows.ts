/** The MIXED rows of the mirror, copied and ordered by attempt: read in order, not all over memory. 60 bytes each. */
import { byAttempt } from "./by-attempt.ts";
import { copiedColumns, type RowColumns } from "./row-lists.ts";
import { MIXED } from "./schema.ts";

export interface MixedRows {
  readonly columns: RowColumns & { readonly numbers: Uint32Array; readonly attempt: Uint32Array; readonly session: Uint32Array };
}

/** What is read of a mirror. */
export interface MixedSource extends RowColumns {
  readonly count: number;
  readonly kind: Uint8Array;
  readonly attempt: Uint32Array;
  readonly session: Uint32Array;
}

export function collectMixed(mirror: MixedSource): MixedRows {
  const { count, kind, attempt, session } = mirror;
  let size = 0;
  for (let row = 0; row < count; row++) if (kind[row] === MIXED) size += 1;
  const found = new Uint32Array(size);
  let at = 0;
  for (let row = 0; row < count; row++) {
    if (kind[row] !== MIXED) continue;
    found[at] = row;
    at += 1;
  }
  const rows = byAttempt(attempt, found);
  const own = { attempt: rows.map((row) => attempt[row] ?? 0), session: rows.map((row) => session[row] ?? 0) };
  return { columns: { ...copiedColumns(mirror, rows), ...own } };
}
