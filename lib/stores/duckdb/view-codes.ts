/** What a view makes of the mirror's combinations. */
import { type Aspect, aspectWith, columnIn, columnOfView, EVENT_COLUMN, indexIn } from "./aspects.ts";
import type { Combinations } from "./combinations.ts";
import type { DimensionView } from "./dimension-view.ts";
import { grown } from "./grow.ts";
import type { Mirror } from "./mirror.ts";

export function aspectOfView(view: DimensionView): Aspect {
  const aspect = aspectWith([columnOfView(view).column]);
  if (aspect === undefined) throw new TypeError(`the mirror has no column ${view.partColumn}`);
  return aspect;
}

interface ViewCodes {
  /** By combination. */
  codes: Int32Array;
  upTo: number;
  /** More than every code. */
  width: number;
}

const rememberedEvents = new WeakMap<Combinations, Int32Array>();

/** The event of every combination of the aspect: the last of its ids. */
export function eventsOf(mirror: Mirror, aspect: Aspect): Int32Array {
  const { values, width, size } = mirror.combinations[aspect];
  const known = rememberedEvents.get(mirror.combinations[aspect]);
  if (known?.length === size) return known;
  const events = new Int32Array(size);
  for (let combination = 0; combination < size; combination++) events[combination] = values[combination * width + width - 1] ?? 0;
  rememberedEvents.set(mirror.combinations[aspect], events);
  return events;
}

/** Neither combinations nor codes ever change, so each is looked at once. */
const remembered = new WeakMap<Combinations, WeakMap<DimensionView, ViewCodes>>();

/** The code of every combination of the aspect, which has to tell the view; and more than every code. */
export function codesOf(mirror: Mirror, aspect: Aspect, view: DimensionView): { readonly codes: Int32Array; readonly width: number } {
  const combinations = mirror.combinations[aspect];
  const views = remembered.get(combinations) ?? new WeakMap<DimensionView, ViewCodes>();
  remembered.set(combinations, views);
  const known = views.get(view) ?? { codes: new Int32Array(0), upTo: 0, width: 1 };
  views.set(view, known);
  const { values, width, size } = combinations;
  const { column, codeOf } = columnIn(aspect, view) ?? EVENT_COLUMN;
  const index = indexIn(aspect, column);
  known.codes = grown(known.codes, size, (length) => new Int32Array(length));
  for (let combination = known.upTo; combination < size; combination++) {
    const code = codeOf(values[combination * width + index] ?? 0);
    known.codes[combination] = code;
    if (code >= known.width) known.width = code + 1;
  }
  known.upTo = size;
  return { codes: known.codes.subarray(0, size), width: known.width };
}
