/** A slice of the mirror summed by the combinations of an aspect: sums of whole segments, and the rows beside them. */
import type { Aspect } from "./aspects.ts";
import { mergeSums } from "./merge-sums.ts";
import { combinationsPassing, type MirrorPlain } from "./mirror-slice.ts";
import { type AspectSums, sumCombinations } from "./mirror-sums.ts";
import { rolledOf } from "./rollups.ts";

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
  const { mirror, segments } = plain;
  const loose = plain.loose.filter(({ fresh, later }) => fresh.length + later.length > 0).map((rows) => sumCombinations(rows, aspect));
  const [only] = loose;
  if (segments.length === 0 && loose.length === 1 && only) return only;
  const rolled = rolledOf(mirror, segments).map((one) => one.sums[aspect]);
  return mergeSums(mirror.combinations[aspect].size, [...rolled, ...loose], combinationsPassing(plain, aspect));
}
