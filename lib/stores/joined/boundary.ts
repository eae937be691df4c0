/**
 * Where history ends and what feeds filled in begins. Both sides are counted by node and slice of time. A boundary loses what only the feeds have
 * before it and what only history has after it; the one that loses least is taken, the latest of several, and what it loses is said. While
 * history only lags, whatever the lag of each node, there is one that loses nothing: merged answers are then those over all flows.
 */

/** Packets by slice (milliseconds since 1970), then by node. */
export type SliceCounts = ReadonlyMap<number, ReadonlyMap<string, number>>;

export interface Boundary {
  /** Milliseconds since 1970, a multiple of the slice's width: flows before it are history's, the others the feeds'. */
  readonly at: number;
  /** Packets known to one side that this boundary leaves out; 0 = answers are whole. */
  readonly missing: number;
  /** What the feeds have at or after the boundary and history has not, by node. */
  readonly waitingFor: readonly NodePackets[];
  /** What history has at or after the boundary and the feeds have not: it is left out. */
  readonly unheard: readonly NodePackets[];
}

export interface NodePackets {
  readonly node: string;
  readonly packets: number;
}

/** Slices `from <= slice < to`; both ends are slices themselves. */
export interface SliceRange {
  readonly from: number;
  readonly to: number;
}

export function chooseBoundary(history: SliceCounts, feeds: SliceCounts, { from, to }: SliceRange): Boundary {
  const slices = [...new Set([...history.keys(), ...feeds.keys()])].filter((slice) => slice >= from && slice < to).sort((a, b) => a - b);
  // a boundary before everything loses all that only history has
  let missing = slices.reduce((sum, slice) => sum + total(over(history, feeds, slice)), 0);
  let [at, least] = [from, missing];
  for (const slice of slices) {
    // as late as the next slice with anything in it: nothing lies between
    if (missing <= least) [at, least] = [slice, missing];
    missing += total(over(feeds, history, slice)) - total(over(history, feeds, slice));
  }
  if (missing <= least) [at, least] = [to, missing];
  const after = slices.filter((slice) => slice >= at);
  return { at, missing: least, waitingFor: nodesOver(feeds, history, after), unheard: nodesOver(history, feeds, after) };
}

/** What one side has more than the other in a slice, by node. */
function over(one: SliceCounts, other: SliceCounts, slice: number): [node: string, packets: number][] {
  const less = other.get(slice);
  return [...(one.get(slice) ?? [])]
    .map(([node, packets]): [string, number] => [node, packets - (less?.get(node) ?? 0)])
    .filter(([, more]) => more > 0);
}

function total(counts: readonly (readonly [string, number])[]): number {
  return counts.reduce((sum, [, packets]) => sum + packets, 0);
}

function nodesOver(one: SliceCounts, other: SliceCounts, slices: readonly number[]): NodePackets[] {
  const sums = new Map<string, number>();
  for (const slice of slices) for (const [node, packets] of over(one, other, slice)) sums.set(node, (sums.get(node) ?? 0) + packets);
  return [...sums].map(([node, packets]) => ({ node, packets })).sort((a, b) => (a.node < b.node ? -1 : 1));
}
