/** What happens to rows of the mirror after they were added: they turn MIXED, are replaced, or are forgotten. */
import type { Rolled, Rollup } from "./rollup.ts";
import { HIDDEN, MIXED } from "./schema.ts";

/** What is changed of a mirror. */
interface ChangingRows {
  readonly count: number;
  readonly session: Uint32Array;
  readonly attempt: Uint32Array;
  readonly kind: Uint8Array;
  readonly firstMs: Float64Array;
  readonly firstNs: Int32Array;
  readonly lastMs: Float64Array;
  readonly packets: Float64Array;
  readonly segmentRows: number;
  readonly wideSegments: number;
  readonly rollups: (Rollup | undefined)[];
  readonly wide: (Rolled | undefined)[];
}

/** A session that lost its first flows. */
export interface LeftOver {
  readonly session: number;
  readonly firstMs: number;
  readonly firstNs: number;
  readonly packets: number;
}

/** Answers whether there were any. */
export function turnRows(mirror: ChangingRows, attempts: readonly number[]): boolean {
  return changeKinds(mirror, marked(attempts), MIXED) > 0;
}

/** Answers how many rows there were. */
export function dropAttempts(mirror: ChangingRows, attempts: readonly number[]): number {
  return changeKinds(mirror, marked(attempts), HIDDEN);
}

/** Answers how many rows are gone; `cut` in milliseconds. */
export function forgetRows(mirror: ChangingRows, cut: number, left: readonly LeftOver[]): number {
  const { count, attempt, kind, session, firstMs, firstNs, lastMs, packets } = mirror;
  const leftOf = new Map(left.map((one) => [one.session, one]));
  const touched: number[] = [];
  let gone = 0;
  for (let row = 0; row < count; row++) {
    if (kind[row] === HIDDEN || (firstMs[row] ?? 0) >= cut) continue;
    touched.push(attempt[row] ?? 0);
    if ((lastMs[row] ?? 0) < cut) {
      kind[row] = HIDDEN;
      gone += 1;
    } else {
      const now = leftOf.get(session[row] ?? 0);
      firstMs[row] = now?.firstMs ?? cut;
      firstNs[row] = now?.firstNs ?? 0;
      packets[row] = now?.packets ?? 0;
    }
    unsum(mirror, row);
  }
  changeKinds(mirror, marked(touched), MIXED);
  return gone;
}

/** Of all rows that are not gone and whose attempt is marked; answers how many there are. */
function changeKinds(mirror: ChangingRows, wanted: Uint8Array, to: number): number {
  const { attempt, kind, count } = mirror;
  let changed = 0;
  for (let row = 0; row < count; row++) {
    if (wanted[attempt[row] ?? 0] !== 1 || kind[row] === HIDDEN) continue;
    kind[row] = to;
    unsum(mirror, row);
    changed += 1;
  }
  return changed;
}

function unsum({ rollups, wide, segmentRows, wideSegments }: ChangingRows, row: number): void {
  const segment = Math.floor(row / segmentRows);
  rollups[segment] = undefined;
  wide[Math.floor(segment / wideSegments)] = undefined;
}

/** By attempt, 1 where it is among them. */
function marked(attempts: readonly number[]): Uint8Array {
  let size = 0;
  for (const attempt of attempts) if (attempt >= size) size = attempt + 1;
  const found = new Uint8Array(size);
  for (const attempt of attempts) found[attempt] = 1;
  return found;
}
