/** A slice of the mirror summed by the combinations of an aspect: sums of whole segments, and the rows beside them. */
import type { Aspect } from "./aspects.ts";
import { mergeSums } from "./merge-sums.ts";
import type { MirrorPlain } from "./mirror-slice.ts";
import { type AspectSums, sumCombinations } from "./mirror-sums.ts";
import { isRolled } from "./rollup.ts";
import { rollupOf } from "./rollups.ts";

const remembered = new WeakMap<MirrorPlain, Map<Aspect, AspectSums>>();

/** Remembered as long as the slice: the questions of one page share them. */
export function sumAspect(plain: MirrorPlain, aspect: Aspect): AspectSums {
  const known = remembered.get(plain) ?? new Map<Aspect, AspectSums>();
  remembered.set(plain, known);
  const found = known.get(aspect) ?? sumPlain(plain, aspect);
  known.set(aspect, found);
  return found;
}

function sumPlain(plain: MirrorPlain, aspect: Aspect): AspectSums {
  const { mirror, segments, events } = plain;
  if (segments.length > 0 && !isRolled(aspect)) return sumCombinations(plain.all(), aspect);
  const loose = plain.loose.map((rows) => sumCombinations(rows, aspect));
  if (!isRolled(aspect)) return mergeSums(mirror.combinations[aspect], loose, events);
  const rolled = segments.map((segment) => rollupOf(mirror, segment).sums[aspect]);
  return mergeSums(mirror.combinations[aspect], [...rolled, ...loose], events);
}
