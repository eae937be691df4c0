/** What only the groups on a page need from the mirror's rows: found in one pass over them. */
import { type Buckets, bucketAt } from "#lib/questions/bucket-width.ts";
import { type Aspect, aspectsFor, columnIn, columnOfView, EVENT_COLUMN, indexIn } from "./aspects.ts";
import type { DimensionView } from "./dimension-view.ts";
import type { Grouped } from "./grouped.ts";
import { beginningsOf, type Mirror } from "./mirror.ts";
import { combinationsPassing, type MirrorPlain } from "./mirror-slice.ts";
import { createNumberLists } from "./number-lists.ts";
import type { Rollup } from "./rollup.ts";
import { freshRowsOf, rollupOf } from "./rollups.ts";
import { keepPassing } from "./row-list.ts";
import type { RowColumns } from "./row-lists.ts";
import { createScratch } from "./scratch.ts";
import type { AspectSums } from "./sums.ts";
import { aspectOfView, codesOf } from "./view-codes.ts";

/** Finds the group of a row: its place on the page, -1 when it is not there. */
export interface PageFinder {
  slotOf(of: RowColumns["of"], row: number): number;
  /** Where one aspect decides: the place by combination. */
  readonly one: { readonly aspect: Aspect; readonly slots: Int32Array } | undefined;
}

export function pageFinder(mirror: Mirror, now: Grouped, page: readonly number[]): PageFinder {
  const aspects = [...aspectsFor(now.views.map((view) => columnOfView(view).column))];
  const [alone] = aspects;
  const slots = alone && aspects.length === 1 ? slotsByAspect(mirror, now, page, alone[0]) : undefined;
  if (alone && slots) {
    const [aspect] = alone;
    return { one: { aspect, slots }, slotOf: (of, row) => slots[of[aspect][row] ?? 0] ?? -1 };
  }
  const tuples = aspects.map(([aspect, places]) => tuplesOnPage(mirror, aspect, places, now, page));
  const slotOfTuple = slotFinder(tuples, page.length);
  const [one, ...others] = tuples;
  if (one === undefined) throw new Error("a grouping reads at least one aspect");
  return {
    one: undefined,
    slotOf: (of, row) => {
      let tuple = (one.ofCombination[of[one.aspect][row] ?? 0] ?? 0) - 1;
      for (let index = 0; index < others.length && tuple >= 0; index++) {
        const other = others[index];
        const next = other ? (other.ofCombination[of[other.aspect][row] ?? 0] ?? 0) - 1 : -1;
        tuple = next < 0 ? -1 : tuple * (other?.size ?? 0) + next;
      }
      return tuple < 0 ? -1 : slotOfTuple(tuple);
    },
  };
}

/** By combination of the aspect: the place on the page, -1 when it is not there; undefined where the aspect does not tell a row's group. */
export function slotsByAspect(mirror: Mirror, now: Grouped, page: readonly number[], aspect: Aspect): Int32Array | undefined {
  if (now.views.some((view) => columnIn(aspect, view) === undefined)) return undefined;
  const columns = now.views.map((view) => codesOf(mirror, aspect, view));
  const { size } = mirror.combinations[aspect];
  const slots = new Int32Array(size);
  const [only] = columns;
  if (only && columns.length === 1) {
    const slotOfCode = new Int32Array(only.width + 1).fill(-1);
    // Ports begin at -1.
    for (const [slot, group] of page.entries()) slotOfCode[(now.codesAt(group)[0] ?? 0) + 1] = slot;
    for (let combination = 0; combination < size; combination++) slots[combination] = slotOfCode[(only.codes[combination] ?? 0) + 1] ?? -1;
    return slots;
  }
  const slotOfGroup = new Int32Array(now.size).fill(-1);
  for (const [slot, group] of page.entries()) slotOfGroup[group] = slot;
  const codes = columns.map(() => 0);
  for (let combination = 0; combination < size; combination++) {
    for (let at = 0; at < codes.length; at++) codes[at] = columns[at]?.codes[combination] ?? 0;
    slots[combination] = slotOfGroup[now.find(codes)] ?? -1;
  }
  return slots;
}

/** What groups on the page have of one aspect, numbered. */
interface Tuples {
  readonly aspect: Aspect;
  /** By combination: 1 + its tuple, 0 where no group on the page has it. */
  readonly ofCombination: Int32Array;
  readonly size: number;
  /** The tuple of each group on the page. */
  readonly ofPage: Int32Array;
}

function tuplesOnPage(mirror: Mirror, aspect: Aspect, places: readonly number[], now: Grouped, page: readonly number[]): Tuples {
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
    for (let at = 0; at < columns.length; at++) {
      const column = columns[at];
      if (column) scratch[at] = column.codeOf(values[combination * width + column.index] ?? 0);
    }
    ofCombination[combination] = lists.find(scratch, places.length) + 1;
  }
  return { aspect, ofCombination, size: lists.size, ofPage };
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

/** Which codes of a view each group on the page has. */
export interface PageMarks {
  readonly view: DimensionView;
  /** By place on the page * width + code: 1 where the group has it. */
  readonly marks: Uint8Array;
  readonly width: number;
}

/** Attempts by place on the page and slice of the window: `[slot * cuts.count + slice]`. */
export interface PageSparks {
  readonly cuts: Buckets;
  readonly points: Float64Array;
}

/** One pass over the rows of a slice. */
export function passOverPage(plain: MirrorPlain, finder: PageFinder, sparks: PageSparks | undefined, marks: readonly PageMarks[]): void {
  const { mirror } = plain;
  const [one, other] = marks.map((mark) => {
    const aspect = aspectOfView(mark.view);
    return { aspect, codes: codesOf(mirror, aspect, mark.view).codes, width: mark.width, marks: mark.marks };
  });
  const pass: Pass = { mirror, finder, sparks, one, other };
  for (const { columns, fresh, later } of plain.loose) {
    passList(pass, columns, fresh, fresh.length, true);
    passList(pass, columns, later, later.length, false);
  }
  if (finder.one) {
    const { aspect, slots } = finder.one;
    const passes = combinationsPassing(plain, aspect);
    const shown = slots.map((slot, combination) => (passes[combination] === 1 ? slot : -1));
    for (const segment of plain.segments) passSums(pass, segment, aspect, shown);
  } else
    for (const segment of plain.segments) {
      const list = freshRowsOf(mirror, segment);
      const length = keepPassing(list, list.length, mirror.of.rule, plain.rulePasses);
      passList(pass, mirror, list, length, true);
    }
}

interface Marked {
  readonly aspect: Aspect;
  readonly codes: Int32Array;
  readonly width: number;
  readonly marks: Uint8Array;
}

interface Pass {
  readonly mirror: Mirror;
  readonly finder: PageFinder;
  readonly sparks: PageSparks | undefined;
  readonly one: Marked | undefined;
  readonly other: Marked | undefined;
}

const shownRows = createScratch((length) => new Uint32Array(length));
const shownSlots = createScratch((length) => new Int32Array(length));

/** The first `length` of the rows, by what each column needs. */
function passList({ finder, sparks, one, other }: Pass, columns: RowColumns, rows: Uint32Array, length: number, counts: boolean): void {
  const { of } = columns;
  const shown = shownRows.lend(length);
  const slots = shownSlots.lend(length);
  let count = 0;
  const { slotOf } = finder;
  const aspect = finder.one && of[finder.one.aspect];
  const ofCombination = finder.one?.slots;
  for (let index = 0; index < length; index++) {
    const row = rows[index] ?? 0;
    const slot = aspect && ofCombination ? (ofCombination[aspect[row] ?? 0] ?? -1) : slotOf(of, row);
    shown[count] = row;
    slots[count] = slot;
    if (slot >= 0) count += 1;
  }
  if (counts && sparks !== undefined) {
    const { cuts, points } = sparks;
    const { firstMs } = columns;
    for (let index = 0; index < count; index++) {
      const at = (slots[index] ?? 0) * cuts.count + bucketAt(cuts, firstMs[shown[index] ?? 0] ?? 0);
      points[at] = (points[at] ?? 0) + 1;
    }
  }
  for (const mark of [one, other]) {
    if (mark === undefined) continue;
    const { codes, width, marks } = mark;
    const marked = of[mark.aspect];
    for (let index = 0; index < count; index++) marks[(slots[index] ?? 0) * width + (codes[marked[shown[index] ?? 0] ?? 0] ?? 0)] = 1;
  }
}

/**
 * A whole segment, where one aspect decides: only rows of combinations on the page are read, and none for the sparklines when the segment
 * begins in one slice of them. `shown`: places on the page by combination, -1 = not there.
 */
function passSums({ mirror, sparks, one, other }: Pass, segment: number, aspect: Aspect, shown: Int32Array): void {
  const rollup = rollupOf(mirror, segment);
  if (sparks !== undefined) {
    const { firstMs, begunMs } = beginningsOf(mirror, segment);
    const slice = bucketAt(sparks.cuts, firstMs);
    if (slice === bucketAt(sparks.cuts, begunMs)) countSums(sparks, rollup.sums[aspect], shown, slice);
    else countRows(sparks, mirror, segment, rollup, aspect, shown);
  }
  if (one !== undefined) markRows(one, mirror, segment, rollup, aspect, shown);
  if (other !== undefined) markRows(other, mirror, segment, rollup, aspect, shown);
}

function countSums({ cuts, points }: PageSparks, { combination, attempts }: AspectSums, shown: Int32Array, slice: number): void {
  for (let key = 0; key < combination.length; key++) {
    const slot = shown[combination[key] ?? 0] ?? -1;
    if (slot < 0) continue;
    const at = slot * cuts.count + slice;
    points[at] = (points[at] ?? 0) + (attempts[key] ?? 0);
  }
}

function countRows({ cuts, points }: PageSparks, mirror: Mirror, segment: number, rollup: Rollup, aspect: Aspect, shown: Int32Array): void {
  const { combination } = rollup.sums[aspect];
  const { starts, rows } = rollup.index[aspect];
  const { firstMs, segmentRows } = mirror;
  const base = segment * segmentRows;
  for (let key = 0; key < combination.length; key++) {
    const slot = shown[combination[key] ?? 0] ?? -1;
    if (slot < 0) continue;
    const end = starts[key + 1] ?? 0;
    for (let index = starts[key] ?? 0; index < end; index++) {
      const at = slot * cuts.count + bucketAt(cuts, firstMs[base + (rows[index] ?? 0)] ?? 0);
      points[at] = (points[at] ?? 0) + 1;
    }
  }
}

function markRows(
  { codes, width, marks, aspect: marked }: Marked,
  mirror: Mirror,
  segment: number,
  rollup: Rollup,
  aspect: Aspect,
  shown: Int32Array,
): void {
  const { combination } = rollup.sums[aspect];
  const { starts, rows } = rollup.index[aspect];
  const of = mirror.of[marked];
  const base = segment * mirror.segmentRows;
  for (let key = 0; key < combination.length; key++) {
    const slot = shown[combination[key] ?? 0] ?? -1;
    if (slot < 0) continue;
    const end = starts[key + 1] ?? 0;
    for (let index = starts[key] ?? 0; index < end; index++) marks[slot * width + (codes[of[base + (rows[index] ?? 0)] ?? 0] ?? 0)] = 1;
  }
}
