/** Sums of several lots of rows made one: adding up what was summed before. */
import type { Combinations } from "./combinations.ts";
import type { AspectSums } from "./mirror-sums.ts";

/** Only combinations whose event passes; the event is the last of a combination's ids. */
export function mergeSums({ values, width, size }: Combinations, lots: readonly AspectSums[], events: Uint8Array): AspectSums {
  /** 1 + the place among the merged; 0 = not met. */
  const places = new Int32Array(size);
  const most = Math.min(
    size,
    lots.reduce((sum, lot) => sum + lot.count, 0),
  );
  const combination = new Int32Array(most);
  const lastRow = new Int32Array(most);
  const merged = {
    attempts: new Float64Array(most),
    packets: new Float64Array(most),
    firstMs: new Float64Array(most),
    firstNs: new Int32Array(most),
    lastMs: new Float64Array(most),
    lastNs: new Int32Array(most),
  };
  const { attempts, packets, firstMs, firstNs, lastMs, lastNs } = merged;
  let count = 0;
  for (const lot of lots) {
    for (let at = 0; at < lot.count; at++) {
      const one = lot.combination[at] ?? 0;
      if (events[values[one * width + width - 1] ?? 0] !== 1) continue;
      const beginMs = lot.firstMs[at] ?? 0;
      const beginNs = lot.firstNs[at] ?? 0;
      const endMs = lot.lastMs[at] ?? 0;
      const endNs = lot.lastNs[at] ?? 0;
      const isNew = places[one] === 0;
      if (isNew) {
        combination[count] = one;
        count += 1;
        places[one] = count;
      }
      const place = (places[one] ?? 0) - 1;
      attempts[place] = (attempts[place] ?? 0) + (lot.attempts[at] ?? 0);
      packets[place] = (packets[place] ?? 0) + (lot.packets[at] ?? 0);
      const begin = firstMs[place] ?? 0;
      const end = lastMs[place] ?? 0;
      if (isNew || beginMs < begin || (beginMs === begin && beginNs < (firstNs[place] ?? 0))) {
        firstMs[place] = beginMs;
        firstNs[place] = beginNs;
      }
      if (isNew || endMs > end || (endMs === end && endNs > (lastNs[place] ?? 0))) {
        lastMs[place] = endMs;
        lastNs[place] = endNs;
        lastRow[place] = lot.lastRow?.[at] ?? 0;
      }
    }
  }
  return { ...merged, count, combination: combination.subarray(0, count), lastRow };
}
