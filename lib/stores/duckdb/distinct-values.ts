/** How many values of a grouping a slice has, where nothing else is asked of them: no sums are made. */
import type { Grouping } from "#lib/flows/dimension.ts";
import { type Grouped, groupSlice, type Reader } from "./grouped.ts";
import { combinationsOf } from "./present.ts";
import type { Slice } from "./slice.ts";
import { aspectOfView, codesOf } from "./view-codes.ts";

/** The empty text is none. */
export async function distinctValues(reader: Reader, slice: Slice, by: Grouping): Promise<number> {
  const view = reader.views.viewOf(by);
  const { plain, parts } = slice;
  if (plain?.is !== "mirror") return valuesOf(await groupSlice(reader, slice, [by]));
  const aspect = aspectOfView(view);
  const { codes, width } = codesOf(plain.mirror, aspect, view);
  const met = new Uint8Array(width);
  const present = combinationsOf(plain, aspect);
  for (let combination = 0; combination < present.length; combination++) if (present[combination] === 1) met[codes[combination] ?? 0] = 1;
  // Every part is of a session in the mirror, so its code is below the width.
  const ids = parts.ids[view.partColumn];
  for (let part = 0; part < parts.count; part++) met[view.codeOfPart(ids[part] ?? 0)] = 1;
  let count = 0;
  for (let code = 0; code < width; code++) count += met[code] ?? 0;
  return met[view.codeOfNone()] === 1 ? count - 1 : count;
}

/** Groups of one grouping that have a value. */
export function valuesOf(grouped: Grouped): number {
  return grouped.size - (grouped.find([grouped.views[0]?.codeOfNone() ?? -1]) < 0 ? 0 : 1);
}
