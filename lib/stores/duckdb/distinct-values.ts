/** How many values of a grouping a slice has, where nothing else is asked of them: no sums are made. */
import type { Grouping } from "#lib/flows/dimension.ts";
import { type Grouped, groupSlice, type Reader } from "./grouped.ts";
import type { MirrorPlain } from "./mirror-slice.ts";
import { rollupOf } from "./rollups.ts";
import type { Slice } from "./slice.ts";
import { aspectOfView, codesOf } from "./view-codes.ts";

/** The empty text is none. */
export async function distinctValues(reader: Reader, slice: Slice, by: Grouping): Promise<number> {
  const view = reader.views.viewOf(by);
  const { plain, parts } = slice;
  if (plain?.is !== "mirror" || aspectOfView(view) !== "towards") return valuesOf(await groupSlice(reader, slice, [by]));
  const { mirror } = plain;
  const { codes, width } = codesOf(mirror, "towards", view);
  const met = new Uint8Array(width);
  const combinations = combinationsOf(plain);
  for (let combination = 0; combination < combinations.length; combination++)
    if (combinations[combination] === 1) met[codes[combination] ?? 0] = 1;
  // Every part is of a session in the mirror, so its code is below the width.
  for (const id of parts.ids[view.partColumn]) met[view.codeOfPart(id)] = 1;
  let count = 0;
  for (const one of met) count += one;
  return met[view.codeOfNone()] === 1 ? count - 1 : count;
}

/** 1 for every combination of what rows go towards. */
function combinationsOf({ mirror, segments, events, loose }: MirrorPlain): Uint8Array {
  const { values, width, size } = mirror.combinations.towards;
  const met = new Uint8Array(size);
  for (const segment of segments) for (const combination of rollupOf(mirror, segment).towards) met[combination] = 1;
  for (let combination = 0; combination < size; combination++)
    if (events[values[combination * width + width - 1] ?? 0] !== 1) met[combination] = 0;
  for (const { columns, fresh, later } of loose) {
    const of = columns.of.towards;
    for (const rows of [fresh, later]) for (let index = 0; index < rows.length; index++) met[of[rows[index] ?? 0] ?? 0] = 1;
  }
  return met;
}

/** Groups that have a value. */
export function valuesOf(grouped: Grouped): number {
  let count = 0;
  for (let group = 0; group < grouped.size; group++) if (grouped.textsAt(group)[0] !== "") count += 1;
  return count;
}
