/** Values from the store as a criterion spells them. */
import { labelsOfGroups } from "#lib/filters/cilium-labels.ts";
import { parsePrefix } from "#lib/filters/ip-address.ts";
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

/** Destinations that are pods go by workload in the store, which as a prefix is every pod of it; senders receive as well. */
export const STORED_FAR_PODS: Completion = {
  dimensions: ["group", "namespace", "workload"],
  spell: (dimension, value) => {
    if (dimension === "namespace") return [`${value}/`];
    return isWorkload(value) ? [value, `${namespaceOf(value)}/`] : [];
  },
  find: STORED_PODS.find,
};

/** Names alone: the criterion has no namespace. */
export const STORED_WORKLOADS: Completion = {
  dimensions: ["workload"],
  spell: (_, value) => (isWorkload(value) ? [value.slice(value.indexOf("/") + 1)] : []),
};

export const STORED_FAR_WORKLOADS: Completion = { ...STORED_WORKLOADS, dimensions: ["group", "workload"] };

/** CIDR groups, DNS names and reserved entities as the labels that destinations in them carry. */
export const STORED_FAR_LABELS: Completion = {
  dimensions: ["group"],
  spell: (_, value) => {
    const labels = labelsOfGroups([value]);
    return labels.refusal ? [] : labels.spelled;
  },
  find: (typed) => typed.replace(/^[a-z.]*:|.*\//, ""),
};

function isWorkload(value: string): boolean {
  return value.includes("/") && parsePrefix(value) === undefined;
}

function namespaceOf(value: string): string {
  return value.slice(0, value.indexOf("/"));
}
