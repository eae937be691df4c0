/** The dimensions flows are grouped by, and how a value of each is written. */
import { cidrOf, primaryGroupOf } from "./destination.ts";
import type { Flow, Policy } from "./flow.ts";
import { clusterOf, podOf, workloadOf } from "./sender.ts";

export const DIMENSIONS = [
  "pod",
  "workload",
  "namespace",
  "cluster",
  "group",
  "cidr",
  "ip",
  "name",
  "port",
  "protocol",
  "reason",
  "policy",
  "node",
] as const;

/**
 * Values, as text:
 * pod `namespace/name` of the sender (its IP when it is no pod) · workload `namespace/name` (the pod where it has none) · namespace ·
 * cluster · group = primary destination group's name · cidr `10.0.0.0/24` (the longest `cidr:` label) · ip = destination address ·
 * name = first DNS name of the destination · port `443` · protocol `TCP` · reason (see reason.ts) · policy `namespace/name` or
 * `name` · node as the agent writes it. A flow without a value has the empty text.
 */
export type Dimension = (typeof DIMENSIONS)[number];

export const SENDER_LEVELS = ["pod", "workload", "namespace", "cluster"] as const satisfies readonly Dimension[];
export const DESTINATION_LEVELS = ["group", "cidr", "ip", "name"] as const satisfies readonly Dimension[];

/** A grouping: a dimension, or the sender's value of one label key (`label:k8s:app`). */
export type Grouping = Dimension | `label:${string}`;

/** The flow's value of a dimension; the empty text where it has none. */
export function dimensionValue(flow: Flow, grouping: Grouping): string {
  if (isLabelGrouping(grouping)) return labelValue(flow.source.labels, grouping.slice("label:".length));
  return VALUE_OF[grouping](flow);
}

export function isLabelGrouping(grouping: Grouping): grouping is `label:${string}` {
  return grouping.startsWith("label:");
}

const VALUE_OF: { readonly [D in Dimension]: (flow: Flow) => string } = {
  pod: podOf,
  workload: workloadOf,
  namespace: (flow) => flow.source.namespace,
  cluster: clusterOf,
  group: (flow) => primaryGroupOf(flow.destination).name,
  cidr: (flow) => cidrOf(flow.destination),
  ip: (flow) => flow.destinationIp,
  name: (flow) => flow.destinationNames[0] ?? "",
  port: (flow) => (flow.destinationPort < 0 ? "" : String(flow.destinationPort)),
  protocol: (flow) => flow.protocol,
  reason: (flow) => flow.reason,
  policy: (flow) => policyName(flow.deniedBy[0]),
  node: (flow) => flow.node,
};

/** `namespace/name`, or the bare name of a cluster-wide policy. */
export function policyName(policy: Policy | undefined): string {
  if (policy === undefined) return "";
  return policy.namespace === "" ? policy.name : `${policy.namespace}/${policy.name}`;
}

/** The value of a label key; the key may carry its source (`k8s:app`) or not (`app`, any source). */
export function labelValue(labels: readonly string[], key: string): string {
  for (const label of labels) {
    const equals = label.indexOf("=");
    const whole = equals < 0 ? label : label.slice(0, equals);
    if (whole === key || whole.slice(whole.indexOf(":") + 1) === key) return equals < 0 ? "" : label.slice(equals + 1);
  }
  return "";
}
