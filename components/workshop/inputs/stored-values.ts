/** Values from the store as a criterion spells them. */
import type { Dimension } from "#lib/flows/dimension.ts";

export interface Completion {
  readonly dimensions: readonly Dimension[];
  /** What the criterion would say for a stored value, the most likely first; empty = it has no word for it. */
  readonly spell: (dimension: Dimension, value: string) => readonly string[];
  /** What to look for in the store, from what is typed. */
  readonly find?: (typed: string) => string;
}

const asIs = (_dimension: Dimension, value: string): readonly string[] => [value];

export function storedAs(...dimensions: readonly Dimension[]): Completion {
  return { dimensions, spell: asIs };
}

/** A pod as the prefix that outlives it, then exactly; a namespace with the slash that makes it one. */
export const STORED_PODS: Completion = {
  dimensions: ["namespace", "workload", "pod"],
  spell: (dimension, value) => {
    if (dimension === "namespace") return [`${value}/`];
    return value.includes("/") ? [value] : [];
  },
  find: (typed) => typed.replace(/\/$/, ""),
};
