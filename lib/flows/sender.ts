/** Who sent it: the pod and its workload, namespace and cluster, as dimension values. */
import type { Flow } from "./flow.ts";

/** `namespace/name`; the source address where no pod is known (host, another node, an unmanaged pod). */
export function podOf(flow: Flow): string {
  const { namespace, pod } = flow.source;
  if (pod === "") return flow.sourceIp;
  return namespace === "" ? pod : `${namespace}/${pod}`;
}

/** `namespace/name` of the first workload; the pod's own name where the agent reports none (before Cilium 1.11, or bare pods). */
export function workloadOf(flow: Flow): string {
  const { namespace, workloads } = flow.source;
  const name = workloads[0]?.name;
  if (name === undefined || name === "") return podOf(flow);
  return namespace === "" ? name : `${namespace}/${name}`;
}

/** `cluster_name` (Cilium 1.16 on), else the part of the node name before its slash. */
export function clusterOf(flow: Flow): string {
  if (flow.source.cluster !== "") return flow.source.cluster;
  const slash = flow.node.indexOf("/");
  return slash < 0 ? "" : flow.node.slice(0, slash);
}
