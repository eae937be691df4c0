/** Weir's criteria over the sender: pod, workload, namespace, cluster, node. */
import { equalTo } from "./dimension-record.ts";
import { either, named } from "./say.ts";

export const pod = equalTo(
  "pod",
  {
    label: "pod",
    help: "The sending pod, namespace/name; where no pod is known, the source address.",
    place: "sender",
    part: "pod",
    inCilium: "source_pod is a prefix rule: prod/api also matches prod/api-7d9",
  },
  (value) => value,
);

export const workload = equalTo(
  "workload",
  {
    label: "workload",
    help: "The sending workload, namespace/name; where the agent names none, the pod.",
    place: "sender",
    part: "workload",
    inCilium: "source_workload has the name and no namespace",
  },
  (value) => value,
);

export const namespace = equalTo(
  "namespace",
  {
    label: "namespace",
    help: "The namespace of the sending pod.",
    place: "sender",
    part: "source",
    inCilium: "source_pod: namespace/",
    phrase: (values) => (values.length === 1 && values[0] === "none" ? "senders in no namespace" : `pods in ${either(values)}`),
  },
  (endpoint) => endpoint.namespace,
);

export const cluster = equalTo(
  "cluster",
  {
    label: "cluster",
    help: "The cluster of the sender: its cluster name, or the part of the node's name before the slash.",
    place: "sender",
    part: "cluster",
    inCilium: "source_cluster_name reads the endpoint only, from Cilium 1.17 on",
  },
  (value) => value,
);

export const node = equalTo(
  "node",
  {
    label: "node",
    help: "The node that logged the flow, as its agent writes it.",
    place: "where",
    part: "node",
    inCilium: "node_name, unless the name holds upper-case letters",
    phrase: named("node"),
  },
  (value) => value,
);
