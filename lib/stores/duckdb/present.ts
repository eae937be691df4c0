/** Which combinations of an aspect a slice of the mirror has. */
import type { Aspect } from "./aspects.ts";
import { combinationsPassing, type MirrorPlain } from "./mirror-slice.ts";
import { rolledOf } from "./rollups.ts";

const remembered = new WeakMap<MirrorPlain, Map<Aspect, Uint8Array>>();

/** By combination, 1 or 0; remembered as long as the slice. */
export function combinationsOf(plain: MirrorPlain, aspect: Aspect): Uint8Array {
  const known = remembered.get(plain) ?? new Map<Aspect, Uint8Array>();
  remembered.set(plain, known);
  const found = known.get(aspect) ?? findCombinations(plain, aspect);
  known.set(aspect, found);
  return found;
}

function findCombinations(plain: MirrorPlain, aspect: Aspect): Uint8Array {
  const { mirror, segments, loose } = plain;
  const met = new Uint8Array(mirror.combinations[aspect].size);
  for (const { sums } of rolledOf(mirror, segments)) {
    const { combination } = sums[aspect];
    for (let at = 0; at < combination.length; at++) met[combination[at] ?? 0] = 1;
  }
  const passes = combinationsPassing(plain, aspect);
  for (let one = 0; one < met.length; one++) if (passes[one] !== 1) met[one] = 0;
  for (const { columns, fresh, later, sums } of loose) {
    if (sums) {
      for (const one of sums(aspect).combination) met[one] = 1;
      continue;
    }
    const of = columns.of[aspect];
    for (const rows of [fresh, later]) for (let index = 0; index < rows.length; index++) met[of[rows[index] ?? 0] ?? 0] = 1;
  }
  return met;
}
