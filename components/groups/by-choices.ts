/** What the toolbar offers: other levels for a dimension, one more dimension, and the usual combinations. */
import { DESTINATION_LEVELS, DIMENSIONS, type Grouping, isLabelGrouping, SENDER_LEVELS } from "#lib/flows/dimension.ts";

export const MOST_DIMENSIONS = 4;

/** The same dimension at other levels; a lone one has only itself. */
export function levelsOf(grouping: Grouping): readonly Grouping[] {
  if (isLabelGrouping(grouping)) return [...SENDER_LEVELS, grouping];
  return [SENDER_LEVELS, DESTINATION_LEVELS].find((levels: readonly Grouping[]) => levels.includes(grouping)) ?? [grouping];
}

/** One dimension in place of another; a dimension that is there already changes places with it. */
export function replaced(by: readonly Grouping[], at: number, grouping: Grouping): readonly Grouping[] {
  const there = by.indexOf(grouping);
  const old = by[at];
  return by.map((one, index) => (index === at ? grouping : index === there && old !== undefined ? old : one));
}

export function moved(by: readonly Grouping[], at: number, step: -1 | 1): readonly Grouping[] {
  const neighbour = by[at + step];
  return neighbour === undefined ? by : replaced(by, at, neighbour);
}

export function removed(by: readonly Grouping[], at: number): readonly Grouping[] {
  return by.length === 1 ? by : by.filter((_, index) => index !== at);
}

/** Dimensions that may be added. */
export function addable(by: readonly Grouping[]): readonly Grouping[] {
  return by.length >= MOST_DIMENSIONS ? [] : DIMENSIONS.filter((dimension) => !by.includes(dimension));
}

export interface Combination {
  readonly words: string;
  readonly by: readonly Grouping[];
}

/** At the levels that are chosen now. */
export function combinations(by: readonly Grouping[]): readonly Combination[] {
  const sender = by.find((grouping) => isLabelGrouping(grouping) || includes(SENDER_LEVELS, grouping)) ?? "workload";
  const destination = by.find((grouping) => includes(DESTINATION_LEVELS, grouping)) ?? "group";
  return [
    { words: "Senders", by: [sender] },
    { words: "Destinations", by: [destination] },
    { words: "Ports", by: ["port"] },
    { words: "All three", by: [sender, destination, "port"] },
  ];
}

export function sameBy(a: readonly Grouping[], b: readonly Grouping[]): boolean {
  return a.length === b.length && a.every((grouping, index) => grouping === b[index]);
}

function includes(levels: readonly Grouping[], grouping: Grouping): boolean {
  return levels.includes(grouping);
}
