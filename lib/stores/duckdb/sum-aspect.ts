/** A slice of the mirror summed by the combinations of an aspect: sums of whole segments, and the rows beside them. */
import type { Aspect } from "./aspects.ts";
import { combinationsPassing, type MirrorPlain } from "./mirror-slice.ts";
import { rolledOf } from "./rollups.ts";
import { sumAll } from "./sum-adder.ts";
import type { AspectSums } from "./sums.ts";

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
  const { mirror, segments, loose } = plain;
  const summed = loose.map((list) => list.sums?.(aspect)).filter((sums) => sums !== undefined);
  return sumAll({
    size: mirror.combinations[aspect].size,
    aspect,
    lots: [...rolledOf(mirror, segments).map((one) => one.sums[aspect]), ...summed],
    passes: combinationsPassing(plain, aspect),
    rows: loose.filter((list) => list.sums === undefined),
    lastNs: mirror.lastNs,
    ordered: false,
  });
}
