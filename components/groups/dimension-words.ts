/** What the dimensions are called in the groups view: one, several, none, and the side they belong to. */
import { type Dimension, type Grouping, isLabelGrouping } from "#lib/flows/dimension.ts";
import { visibleText } from "#lib/format/visible-text.ts";

export interface DimensionWords {
  readonly one: string;
  readonly many: string;
  /** A flow that has none. */
  readonly none: string;
}

export const DIMENSION_WORDS: { readonly [D in Dimension]: DimensionWords } = {
  pod: { one: "pod", many: "pods", none: "no pod" },
  workload: { one: "workload", many: "workloads", none: "no workload" },
  namespace: { one: "namespace", many: "namespaces", none: "no namespace" },
  cluster: { one: "cluster", many: "clusters", none: "no cluster" },
  group: { one: "group", many: "groups", none: "in no group" },
  cidr: { one: "CIDR", many: "CIDRs", none: "no policy CIDR" },
  ip: { one: "address", many: "addresses", none: "no address" },
  name: { one: "DNS name", many: "DNS names", none: "no DNS name" },
  port: { one: "port", many: "ports", none: "no port" },
  protocol: { one: "protocol", many: "protocols", none: "no protocol" },
  reason: { one: "reason", many: "reasons", none: "no reason" },
  policy: { one: "policy", many: "policies", none: "no policy recorded" },
  node: { one: "node", many: "nodes", none: "no node" },
};

/** "workload", "label app". */
export function groupingWord(grouping: Grouping): string {
  return isLabelGrouping(grouping) ? `label ${visibleText(grouping.slice("label:".length), 40)}` : DIMENSION_WORDS[grouping].one;
}

export function countedGroups(count: string, isOne: boolean, grouping: Grouping): string {
  if (isLabelGrouping(grouping)) return `${count} ${isOne ? "value" : "values"} of ${groupingWord(grouping)}`;
  return `${count} ${isOne ? DIMENSION_WORDS[grouping].one : DIMENSION_WORDS[grouping].many}`;
}

/** Which of the three questions a dimension answers; it is said once where a level has to be chosen. */
export function sideOf(grouping: Grouping): "Sender" | "Destination" | "" {
  if (isLabelGrouping(grouping)) return "Sender";
  switch (grouping) {
    case "pod":
    case "workload":
    case "namespace":
    case "cluster":
    case "node":
      return "Sender";
    case "group":
    case "cidr":
    case "ip":
    case "name":
      return "Destination";
    default:
      return "";
  }
}
