/** Sums of several lots of rows made one: adding up what was summed before. */
import type { AspectSums } from "./mirror-sums.ts";

/** What is added up per combination, side by side: one cache line each. */
const FIELDS = 8;
const [ATTEMPTS, PACKETS, BEGIN_MS, BEGIN_NS, END_MS, END_NS, END_ROW, MET] = [0, 1, 2, 3, 4, 5, 6, 7] as const;

/** Lent from one call to the next; nothing is met in between. */
let scratch = new Float64Array(0);

/** Combinations that pass (1, by combination; undefined = all), ascending. `size`: more than every combination. */
export function mergeSums(size: number, lots: readonly AspectSums[], passes: Uint8Array | undefined): AspectSums {
  if (scratch.length < size * FIELDS) scratch = new Float64Array(Math.ceil(size * FIELDS * 1.25));
  const sums = scratch;
  let count = 0;
  for (const lot of lots) count += addLot(sums, lot, passes);
  return collect(sums, size, count);
}

/** Answers how many combinations are new. */
function addLot(sums: Float64Array, lot: AspectSums, passes: Uint8Array | undefined): number {
  const { combination, attempts, packets, firstMs, firstNs, lastMs, lastNs, lastRow } = lot;
  let fresh = 0;
  for (let key = 0; key < lot.count; key++) {
    const one = combination[key] ?? 0;
    if (passes !== undefined && passes[one] !== 1) continue;
    const at = one * FIELDS;
    const beginMs = firstMs[key] ?? 0;
    const endMs = lastMs[key] ?? 0;
    if (sums[at + MET] === 0) {
      fresh += 1;
      sums[at + MET] = 1;
      sums[at + BEGIN_MS] = Number.POSITIVE_INFINITY;
      sums[at + END_MS] = Number.NEGATIVE_INFINITY;
    }
    sums[at + ATTEMPTS] = (sums[at + ATTEMPTS] ?? 0) + (attempts[key] ?? 0);
    sums[at + PACKETS] = (sums[at + PACKETS] ?? 0) + (packets[key] ?? 0);
    const begin = sums[at + BEGIN_MS] ?? 0;
    if (beginMs < begin || (beginMs === begin && (firstNs[key] ?? 0) < (sums[at + BEGIN_NS] ?? 0))) {
      sums[at + BEGIN_MS] = beginMs;
      sums[at + BEGIN_NS] = firstNs[key] ?? 0;
    }
    const end = sums[at + END_MS] ?? 0;
    if (endMs > end || (endMs === end && (lastNs[key] ?? 0) > (sums[at + END_NS] ?? 0))) {
      sums[at + END_MS] = endMs;
      sums[at + END_NS] = lastNs[key] ?? 0;
      sums[at + END_ROW] = lastRow?.[key] ?? 0;
    }
  }
  return fresh;
}

/** Takes the `count` combinations that were met out of the sums, and leaves these zero. */
function collect(sums: Float64Array, size: number, count: number): AspectSums {
  const found = {
    count,
    combination: new Int32Array(count),
    attempts: new Float64Array(count),
    packets: new Float64Array(count),
    firstMs: new Float64Array(count),
    firstNs: new Int32Array(count),
    lastMs: new Float64Array(count),
    lastNs: new Int32Array(count),
    lastRow: new Int32Array(count),
  };
  let key = 0;
  for (let one = 0; one < size; one++) {
    const at = one * FIELDS;
    if (sums[at + MET] === 0) continue;
    found.combination[key] = one;
    found.attempts[key] = sums[at + ATTEMPTS] ?? 0;
    found.packets[key] = sums[at + PACKETS] ?? 0;
    found.firstMs[key] = sums[at + BEGIN_MS] ?? 0;
    found.firstNs[key] = sums[at + BEGIN_NS] ?? 0;
    found.lastMs[key] = sums[at + END_MS] ?? 0;
    found.lastNs[key] = sums[at + END_NS] ?? 0;
    found.lastRow[key] = sums[at + END_ROW] ?? 0;
    key += 1;
    // The other fields are set when a combination is met.
    sums[at + ATTEMPTS] = 0;
    sums[at + PACKETS] = 0;
    sums[at + MET] = 0;
  }
  return found;
}
