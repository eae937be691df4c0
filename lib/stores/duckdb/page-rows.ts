/** The rows of the mirror that belong to the groups on a page, found once for all that the page needs of them. */
import { type Aspect, aspectsFor, columnOfView, EVENT_COLUMN, indexIn } from "./aspects.ts";
import type { DimensionView } from "./dimension-view.ts";
import type { Grouped } from "./grouped.ts";
import type { Mirror } from "./mirror.ts";
import type { MirrorPlain } from "./mirror-slice.ts";
import { createNumberLists } from "./number-lists.ts";
import type { Slice } from "./slice.ts";
import { aspectOfView, codesOf } from "./view-codes.ts";

export interface PageRows {
  readonly mirror: Mirror;
  readonly count: number;
  /** The first so many are FRESH: one attempt each. */
  readonly fresh: number;
  readonly rows: Uint32Array;
  /** Place of the row's group on the page. */
  readonly slots: Int32Array;
}

/** Undefined for a slice that was not cut from a mirror. */
export function pageRowsOf(slice: Slice, now: Grouped, page: readonly number[]): PageRows | undefined {
  const { plain } = slice;
  if (plain?.is !== "mirror") return undefined;
  const tuples = [...aspectsFor(now.views.map((view) => columnOfView(view).column))].map(([aspect, places]) =>
    tuplesOnPage(plain, aspect, places, now, page),
  );
  const slotOf = slotFinder(tuples, page.length);
  const rows = new Uint32Array(plain.fresh.length + plain.later.length);
  const slots = new Int32Array(rows.length);
  const [one, ...others] = tuples;
  let count = 0;
  const take = (list: Uint32Array): number => {
    for (let index = 0; index < list.length; index++) {
      const row = list[index] ?? 0;
      let tuple = one ? (one.ofCombination[one.of[row] ?? 0] ?? 0) - 1 : 0;
      if (tuple < 0) continue;
      for (const other of others) {
        const next = (other.ofCombination[other.of[row] ?? 0] ?? 0) - 1;
        tuple = next < 0 || tuple < 0 ? -1 : tuple * other.size + next;
      }
      const slot = tuple < 0 ? -1 : slotOf(tuple);
      if (slot < 0) continue;
      rows[count] = row;
      slots[count] = slot;
      count += 1;
    }
    return count;
  };
  const fresh = take(plain.fresh);
  take(plain.later);
  return { mirror: plain.mirror, count, fresh, rows: rows.subarray(0, count), slots: slots.subarray(0, count) };
}

/** What groups on the page have of one aspect, numbered. */
interface Tuples {
  readonly of: Uint32Array;
  /** By combination: 1 + its tuple, 0 where no group on the page has it. */
  readonly ofCombination: Int32Array;
  readonly size: number;
  /** The tuple of each group on the page. */
  readonly ofPage: Int32Array;
}

function tuplesOnPage(plain: MirrorPlain, aspect: Aspect, places: readonly number[], now: Grouped, page: readonly number[]): Tuples {
  const { mirror } = plain;
  const { values, width, size } = mirror.combinations[aspect];
  const lists = createNumberLists();
  const scratch = new Int32Array(places.length);
  const ofPage = Int32Array.from(page, (group) => {
    const codes = now.codesAt(group);
    for (const [index, place] of places.entries()) scratch[index] = codes[place] ?? 0;
    return lists.idOf(scratch, places.length);
  });
  const columns = places.map((place) => {
    const view = now.views[place];
    const { column, codeOf } = view ? columnOfView(view) : EVENT_COLUMN;
    return { index: indexIn(aspect, column), codeOf };
  });
  const ofCombination = new Int32Array(size);
  for (let combination = 0; combination < size; combination++) {
    for (const [at, { index, codeOf }] of columns.entries()) scratch[at] = codeOf(values[combination * width + index] ?? 0);
    ofCombination[combination] = lists.find(scratch, places.length) + 1;
  }
  return { of: mirror.of[aspect], ofCombination, size: lists.size, ofPage };
}

/** Tuples of several aspects together, up to so many, are looked up by index. */
const DIRECT_TUPLES = 1_000_000;

/** From the tuples of all aspects, as one number, to the place on the page; -1 where no group has them all. */
function slotFinder(tuples: readonly Tuples[], groups: number): (tuple: number) => number {
  const size = tuples.reduce((product, one) => product * one.size, 1);
  const tupleAt = (slot: number): number => tuples.reduce((tuple, one) => tuple * one.size + (one.ofPage[slot] ?? 0), 0);
  if (size <= DIRECT_TUPLES) {
    const slots = new Int32Array(size).fill(-1);
    for (let slot = 0; slot < groups; slot++) slots[tupleAt(slot)] = slot;
    return (tuple) => slots[tuple] ?? -1;
  }
  const slots = new Map<number, number>();
  for (let slot = 0; slot < groups; slot++) slots.set(tupleAt(slot), slot);
  return (tuple) => slots.get(tuple) ?? -1;
}

/** Pairs of group and code are marked in so many bytes at most. */
const MARKS = 96_000_000;

/** Calls `add` once for every code of the view that a group on the page has; more than once where there are too many to mark. */
export function eachCodeOfPage(
  found: PageRows,
  view: DimensionView,
  page: readonly number[],
  add: (group: number, code: number) => void,
): void {
  const { rows, slots, count, mirror } = found;
  const aspect = aspectOfView(view);
  const of = mirror.of[aspect];
  const codes = codesOf(mirror, aspect, view);
  let width = 1;
  for (const code of codes) if (code >= width) width = code + 1;
  if (width * page.length > MARKS) {
    for (let index = 0; index < count; index++) add(page[slots[index] ?? 0] ?? 0, codes[of[rows[index] ?? 0] ?? 0] ?? 0);
    return;
  }
  const marks = new Uint8Array(width * page.length);
  for (let index = 0; index < count; index++) marks[(slots[index] ?? 0) * width + (codes[of[rows[index] ?? 0] ?? 0] ?? 0)] = 1;
  for (const [slot, group] of page.entries())
    for (let code = 0; code < width; code++) if (marks[slot * width + code] === 1) add(group, code);
}
