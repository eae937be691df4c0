/**
 * What a filter lets through of segments that are summed together: remembered while those rows stay as they are, because a window moves on
 * while its filter stays.
 */
import type { Aspect } from "./aspects.ts";
import type { Mirror } from "./mirror.ts";
import type { Rolled } from "./rollup.ts";
import { wideOf } from "./rollups.ts";
import { keepPassing } from "./row-list.ts";
import { type RowLists, sideBySide } from "./row-lists.ts";
import { sumAll } from "./sum-adder.ts";
import type { AspectSums } from "./sums.ts";

export interface WideRows {
  readonly fresh: Uint32Array;
  readonly later: Uint32Array;
  /** Those of `later` whose attempt began before the millisecond. */
  begunBefore(from: number): Uint32Array;
  /** All of the fresh ones, and the later ones whose attempt began no earlier. */
  lists(from: number): RowLists;
  /** From now on they are summed once and for all: a filter that is asked once costs less without. */
  keepSums(): void;
  /** Those that the events let through; `key` tells events apart, `rulePasses` is by combination of the rule aspect. */
  only(key: string, rulePasses: Uint8Array): WideRows;
}

export interface FoundInWide {
  readonly fresh: Uint32Array;
  readonly later: Uint32Array;
}

interface OfFilter {
  readonly byWide: Map<number, { readonly rolled: Rolled; readonly rows: WideRows }>;
  held: number;
}

/** Rows of all filters together, 48 bytes each and as many again for other events. */
const MOST_KEPT = 1_000_000;
const MOST_EVENTS = 4;

const kept = new WeakMap<Mirror, Map<string, OfFilter>>();

/** `filter` tells filters apart; `find` looks where nothing is remembered. */
export function wideRows(mirror: Mirror, filter: string, wide: number, find: () => FoundInWide): WideRows {
  const filters = kept.get(mirror) ?? new Map<string, OfFilter>();
  kept.set(mirror, filters);
  const of = filters.get(filter) ?? { byWide: new Map(), held: 0 };
  filters.delete(filter);
  filters.set(filter, of);
  const rolled = wideOf(mirror, wide);
  const known = of.byWide.get(wide);
  if (known?.rolled === rolled) {
    known.rows.keepSums();
    return known.rows;
  }
  if (known) of.held -= sizeOf(known.rows);
  of.byWide.delete(wide);
  const found = find();
  const rows = createWideRows(mirror, found.fresh, found.later);
  if (makeRoom(filters, of, sizeOf(rows))) {
    of.byWide.set(wide, { rolled, rows });
    of.held += sizeOf(rows);
  }
  return rows;
}

function sizeOf({ fresh, later }: WideRows): number {
  return fresh.length + later.length;
}

/** Drops the filters that were asked for longest ago; answers whether there is room then. */
function makeRoom(filters: Map<string, OfFilter>, keep: OfFilter, rows: number): boolean {
  let held = rows;
  for (const one of filters.values()) held += one.held;
  for (const [key, one] of filters) {
    if (held <= MOST_KEPT) break;
    if (one === keep) continue;
    filters.delete(key);
    held -= one.held;
  }
  return held <= MOST_KEPT;
}

function createWideRows(mirror: Mirror, fresh: Uint32Array, later: Uint32Array): WideRows {
  const begunAt = (row: number): number => (mirror.firstMs[row] ?? 0) - (mirror.back[row] ?? 0);
  let earliest = Number.POSITIVE_INFINITY;
  for (const row of later) earliest = Math.min(earliest, begunAt(row));
  let whole: RowLists | undefined;
  let summed: RowLists | undefined;
  let keepsSums = false;
  const ofEvents = new Map<string, WideRows>();
  const rows: WideRows = {
    fresh,
    later,
    begunBefore: (from) => (earliest >= from ? NO_ROWS : later.filter((row) => begunAt(row) < from)),
    lists: (from) => {
      whole ??= sideBySide(mirror, fresh, later);
      if (earliest >= from) {
        if (keepsSums) summed ??= summable(mirror, whole);
        return summed ?? whole;
      }
      const inside = whole.later.filter((_, index) => begunAt(later[index] ?? 0) >= from);
      return { columns: whole.columns, fresh: whole.fresh, later: inside };
    },
    keepSums: () => {
      keepsSums = true;
      for (const one of ofEvents.values()) if (one !== rows) one.keepSums();
    },
    only: (key, rulePasses) => {
      const known = ofEvents.get(key);
      if (known) return known;
      const found = narrowed(mirror, rows, rulePasses);
      if (ofEvents.size >= MOST_EVENTS) ofEvents.clear();
      ofEvents.set(key, found);
      if (keepsSums) found.keepSums();
      return found;
    },
  };
  return rows;
}

const NO_ROWS = new Uint32Array(0);

function narrowed(mirror: Mirror, rows: WideRows, rulePasses: Uint8Array): WideRows {
  const passing = (all: Uint32Array): Uint32Array => {
    const found = all.slice();
    return found.slice(0, keepPassing(found, found.length, mirror.of.rule, rulePasses));
  };
  const [fresh, later] = [passing(rows.fresh), passing(rows.later)];
  return fresh.length + later.length === sizeOf(rows) ? rows : createWideRows(mirror, fresh, later);
}

function summable(mirror: Mirror, lists: RowLists): RowLists {
  const known = new Map<Aspect, AspectSums>();
  return {
    ...lists,
    sums: (aspect) => {
      const { lastNs, combinations } = mirror;
      const size = combinations[aspect].size;
      const found = known.get(aspect) ?? sumAll({ size, aspect, lots: [], passes: undefined, rows: [lists], lastNs, ordered: true });
      known.set(aspect, found);
      return found;
    },
  };
}
