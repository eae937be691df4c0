/** Reads the blocks of a flow that many flows share: endpoints and policies. */
import type { Endpoint, Policy, Workload } from "#lib/flows/flow.ts";
import type { FieldReader, JsonObject } from "./json-fields.ts";

export const NO_ENDPOINT: Endpoint = { id: 0, identity: 0, cluster: "", namespace: "", pod: "", labels: [], workloads: [] };
export const NO_POLICIES: readonly Policy[] = [];

export function readEndpoint(object: JsonObject, read: FieldReader): Endpoint {
  return {
    id: read.unsigned(object, "ID", 0),
    identity: read.unsigned(object, "identity", 0),
    cluster: read.text(object, "cluster_name"),
    namespace: read.text(object, "namespace"),
    pod: read.text(object, "pod_name"),
    labels: read.texts(object, "labels"),
    workloads: read.objects(object, "workloads").map((workload): Workload => {
      return { name: read.text(workload, "name"), kind: read.text(workload, "kind") };
    }),
  };
}

/** `kind` came with Cilium 1.17; before, and where it is masked out, the policy's labels tell it. */
export function readPolicies(flow: JsonObject, key: string, read: FieldReader): readonly Policy[] {
  const list = read.objects(flow, key);
  if (list.length === 0) return NO_POLICIES;
  return list.map((policy) => {
    const labels = read.texts(policy, "labels");
    return {
      name: read.text(policy, "name") || labelled(labels, "k8s:io.cilium.k8s.policy.name="),
      namespace: read.text(policy, "namespace"),
      kind: read.text(policy, "kind") || labelled(labels, "k8s:io.cilium.k8s.policy.derived-from="),
      labels,
      revision: read.digits(policy, "revision"),
    };
  });
}

function labelled(labels: readonly string[], prefix: string): string {
  return labels.find((label) => label.startsWith(prefix))?.slice(prefix.length) ?? "";
}
