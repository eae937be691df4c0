/** The MIXED rows of the mirror, copied and ordered by attempt: read in order, not all over memory. 60 bytes each. */
import { byAttempt } from "./by-attempt.ts";
import type { PartSource } from "./parts.ts";
import { copiedColumns, type RowColumns } from "./row-lists.ts";
import { MIXED } from "./schema.ts";

export interface MixedRows {
  readonly columns: RowColumns & { readonly numbers: Uint32Array };
  readonly attempt: Uint32Array;
  /** The same rows, to make parts of. */
  readonly source: PartSource;
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
  const columns = copiedColumns(mirror, rows);
  const words = (from: Uint32Array): Uint32Array => rows.map((row) => from[row] ?? 0);
  const nanoseconds = (from: Int32Array): Int32Array => Int32Array.from(rows, (row) => from[row] ?? 0);
  const source = {
    ...columns,
    attempt: words(attempt),
    session: words(session),
    firstNs: nanoseconds(mirror.firstNs),
    lastNs: nanoseconds(mirror.lastNs),
  };
  return { columns, attempt: source.attempt, source };
}
