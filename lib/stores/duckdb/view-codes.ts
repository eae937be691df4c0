/** What a view makes of the mirror's combinations. */
import { type Aspect, aspectWith, columnOfView, indexIn } from "./aspects.ts";
import type { DimensionView } from "./dimension-view.ts";
import type { Mirror } from "./mirror.ts";

export function aspectOfView(view: DimensionView): Aspect {
  const aspect = aspectWith([columnOfView(view).column]);
  if (aspect === undefined) throw new TypeError(`the mirror has no column ${view.partColumn}`);
  return aspect;
}

/** The code of every combination of the aspect, which has to be the view's. */
export function codesOf(mirror: Mirror, aspect: Aspect, view: DimensionView): Int32Array {
  const { values, width, size } = mirror.combinations[aspect];
  const { column, codeOf } = columnOfView(view);
  const index = indexIn(aspect, column);
  const codes = new Int32Array(size);
  for (let combination = 0; combination < size; combination++) codes[combination] = codeOf(values[combination * width + index] ?? 0);
  return codes;
}
