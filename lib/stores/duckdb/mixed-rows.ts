/** The MIXED rows of the mirror, ordered by attempt, with copies of what decides whether a question sees them: read in order, not all over memory. */
import { ASPECTS, type Aspect } from "./aspects.ts";
import { byAttempt } from "./by-attempt.ts";
import { MIXED } from "./schema.ts";

export interface MixedRows {
  readonly rows: Uint32Array;
  readonly attempt: Uint32Array;
  readonly firstMs: Float64Array;
  readonly lastMs: Float64Array;
  readonly of: { readonly [A in Aspect]: Uint32Array };
}

/** What is read of a mirror. */
export interface RowColumns extends Omit<MixedRows, "rows"> {
  readonly count: number;
  readonly kind: Uint8Array;
}

export function collectMixed(mirror: RowColumns): MixedRows {
  const { count, kind, attempt, firstMs, lastMs } = mirror;
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
  const of = { rule: new Uint32Array(size), port: new Uint32Array(size), from: new Uint32Array(size), towards: new Uint32Array(size) };
  for (const aspect of ASPECTS) pick(mirror.of[aspect], rows, of[aspect]);
  const mixed = { rows, attempt: new Uint32Array(size), firstMs: new Float64Array(size), lastMs: new Float64Array(size), of };
  pick(attempt, rows, mixed.attempt);
  pick(firstMs, rows, mixed.firstMs);
  pick(lastMs, rows, mixed.lastMs);
  return mixed;
}

function pick<T extends Uint32Array | Float64Array>(from: T, rows: Uint32Array, to: T): void {
  for (let index = 0; index < rows.length; index++) to[index] = from[rows[index] ?? 0] ?? 0;
}
