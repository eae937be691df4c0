/** Packets of one side by node and slice of time: narrow slices for what is young, wide ones for what came later or was there at the start. */
import type { Arrived } from "#lib/stores/history-store.ts";
import type { SliceCounts } from "./boundary.ts";

export const SLICE_MS = 10_000;
const WIDE_MS = 30 * SLICE_MS;
/** Flows older than this when they come are of a log that is read from before: counting them narrowly would take a question per ten seconds. */
const WIDE_AFTER_MS = 2 * WIDE_MS;

export interface SliceGrid {
  /** The slice that an instant lies in, both in milliseconds since 1970; it is a wide one from now on where the instant is old. */
  sliceOf(ms: number, nowMs: number): number;
  /** The slice that an instant lies in as things are. */
  at(ms: number): number;
  endOf(slice: number): number;
  /** Forgets slices before an instant. */
  forgetBefore(ms: number): void;
}

/** `onWiden` is told when narrow slices, from a slice on up to an instant, are one from now on. */
export function createSliceGrid(onWiden: (slice: number, end: number) => void): SliceGrid {
  const wide = new Set<number>();
  const at = (ms: number): number => (wide.has(floorTo(ms, WIDE_MS)) ? floorTo(ms, WIDE_MS) : floorTo(ms, SLICE_MS));
  return {
    at,
    sliceOf: (ms, nowMs) => {
      const slice = floorTo(ms, WIDE_MS);
      if (ms < nowMs - WIDE_AFTER_MS && !wide.has(slice)) {
        wide.add(slice);
        onWiden(slice, slice + WIDE_MS);
      }
      return at(ms);
    },
    endOf: (slice) => slice + (wide.has(slice) ? WIDE_MS : SLICE_MS),
    forgetBefore: (ms) => {
      for (const slice of wide) if (slice + WIDE_MS <= ms) wide.delete(slice);
    },
  };
}

export function floorTo(ms: number, width: number): number {
  return Math.floor(ms / width) * width;
}

/** The start of the wide slice that an instant lies in. */
export function wideStart(ms: number): number {
  return floorTo(ms, WIDE_MS);
}

/** In place of what stands from `from` to `to`. */
export function putCounts(
  counts: Map<number, Map<string, number>>,
  grid: SliceGrid,
  from: number,
  to: number,
  arrived: readonly Arrived[],
): void {
  for (const slice of counts.keys()) if (slice >= from && slice < to) counts.delete(slice);
  for (const { node, slice, packets } of arrived) addCount(counts, grid.at(slice), node, packets);
}

/** Narrow slices become one. */
export function widenCounts(counts: Map<number, Map<string, number>>, slice: number, end: number): void {
  for (const [narrow, nodes] of [...counts]) {
    if (narrow < slice || narrow >= end) continue;
    counts.delete(narrow);
    for (const [node, packets] of nodes) addCount(counts, slice, node, packets);
  }
}

/** The first slice in which one side has more of a node than the other. */
export function firstOver(one: SliceCounts, other: SliceCounts): number | undefined {
  let first: number | undefined;
  for (const [slice, nodes] of one) {
    if (first !== undefined && slice >= first) continue;
    for (const [node, packets] of nodes) if (packets > (other.get(slice)?.get(node) ?? 0)) first = slice;
  }
  return first;
}

function addCount(counts: Map<number, Map<string, number>>, slice: number, node: string, packets: number): void {
  const nodes = counts.get(slice) ?? new Map<string, number>();
  nodes.set(node, (nodes.get(node) ?? 0) + packets);
  counts.set(slice, nodes);
}
