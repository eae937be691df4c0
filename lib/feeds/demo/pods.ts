/** The workloads of the demo cluster and their pods, each pod's end of a flow already written as JSON. */
import { CLUSTER, type DemoNode, macOf } from "./nodes.ts";
import type { Random } from "./random.ts";

export interface DemoPod {
  readonly name: string;
  readonly namespace: string;
  readonly node: DemoNode;
  readonly ip4: string;
  readonly ip6: string;
  readonly mac: string;
  /** The pod as `source` of a flow seen on its own node, with its endpoint ID. */
  readonly sourceJson: string;
  /** The pod as `destination` of a flow seen on another node: no endpoint ID. */
  readonly destinationJson: string;
}

export interface WorkloadPlan {
  readonly name: string;
  readonly namespace: string;
  /** `Pod` = a bare pod: agents report no workload for it. */
  readonly kind: "Deployment" | "StatefulSet" | "DaemonSet" | "Job" | "CronJob" | "Pod";
  readonly pods: number;
  readonly team: string;
}

export const WORKLOADS = [
  { name: "cart-api", namespace: "checkout", kind: "Deployment", pods: 24, team: "checkout-core" },
  { name: "otel-agent", namespace: "observability", kind: "DaemonSet", pods: 24, team: "observability" },
  { name: "blackbox-exporter", namespace: "observability", kind: "Deployment", pods: 1, team: "observability" },
  { name: "indexer", namespace: "search", kind: "StatefulSet", pods: 3, team: "search" },
  { name: "kafka-connect", namespace: "data-platform", kind: "StatefulSet", pods: 5, team: "data-platform" },
  { name: "runner-set-amd64", namespace: "ci-runners", kind: "Job", pods: 18, team: "developer-experience" },
  { name: "edi-gateway", namespace: "partner-sync", kind: "Deployment", pods: 2, team: "partners" },
  { name: "ledger-worker", namespace: "payments", kind: "Deployment", pods: 8, team: "payments" },
  { name: "ledger-db", namespace: "payments", kind: "StatefulSet", pods: 1, team: "payments" },
  { name: "storefront", namespace: "web", kind: "Deployment", pods: 12, team: "web" },
  { name: "image-resizer", namespace: "catalog", kind: "Deployment", pods: 6, team: "catalog" },
  { name: "token-broker", namespace: "identity", kind: "Deployment", pods: 3, team: "identity" },
  { name: "landing-cms", namespace: "marketing", kind: "Deployment", pods: 3, team: "marketing" },
  { name: "backup-agent", namespace: "ops", kind: "DaemonSet", pods: 24, team: "platform" },
  { name: "policy-reporter", namespace: "platform", kind: "Deployment", pods: 1, team: "platform" },
  { name: "bash", namespace: "default", kind: "Pod", pods: 1, team: "nobody" },
] as const satisfies readonly WorkloadPlan[];
export type WorkloadName = (typeof WORKLOADS)[number]["name"];

export const CERT_RENEWER: WorkloadPlan = { name: "cert-renewer", namespace: "platform", kind: "CronJob", pods: 0, team: "platform" };
export const NIGHTLY_REPORT: WorkloadPlan = { name: "nightly-report", namespace: "batch", kind: "CronJob", pods: 0, team: "reporting" };

/** Kubernetes leaves vowels and look-alikes out of generated names. */
const SUFFIX_LETTERS = "bcdfghjklmnpqrstvwxz2456789";

export function suffixOf(random: Random, length: number): string {
  return Array.from({ length }, () => SUFFIX_LETTERS[random.below(SUFFIX_LETTERS.length)]).join("");
}

/** Hands out pods one after the other: addresses, endpoint IDs and node places differ, identities belong to the workload. */
export function createPodMaker(random: Random, nodes: readonly DemoNode[]) {
  const identities = new Map<string, number>();
  let made = 0;
  return function makePod(plan: WorkloadPlan, name: string): DemoPod {
    const node = nodes[(plan.kind === "DaemonSet" ? made : random.below(nodes.length)) % nodes.length];
    if (node === undefined) throw new Error("A demo cluster has nodes");
    const identity = identities.get(plan.name) ?? 10_000 + random.below(50_000);
    identities.set(plan.name, identity);
    made += 1;
    const labels = JSON.stringify(labelsOf(plan));
    const workloads = plan.kind === "Pod" ? "" : `,"workloads":[{"name":"${plan.name}","kind":"${plan.kind}"}]`;
    const end = `"identity":${identity},"cluster_name":"${CLUSTER}","namespace":"${plan.namespace}","labels":${labels},"pod_name":"${name}"${workloads}}`;
    return {
      name,
      namespace: plan.namespace,
      node,
      ip4: `100.64.${made >> 8}.${made & 255}`,
      ip6: `fd00:10:244:${node.index.toString(16)}::${(0x1000 + made).toString(16)}`,
      mac: macOf(random),
      sourceJson: `{"ID":${1 + random.below(4000)},${end}`,
      destinationJson: `{${end}`,
    };
  };
}

function labelsOf(plan: WorkloadPlan): readonly string[] {
  const bare =
    plan.kind === "Pod"
      ? []
      : [`k8s:app.kubernetes.io/name=${plan.name}`, "k8s:app.kubernetes.io/managed-by=Helm", "k8s:egress=restricted"];
  return [
    ...bare,
    `k8s:app=${plan.name}`,
    `k8s:io.cilium.k8s.namespace.labels.kubernetes.io/metadata.name=${plan.namespace}`,
    "k8s:io.cilium.k8s.namespace.labels.pod-security.kubernetes.io/enforce=restricted",
    `k8s:io.cilium.k8s.policy.cluster=${CLUSTER}`,
    `k8s:io.cilium.k8s.policy.serviceaccount=${plan.kind === "Pod" ? "default" : plan.name}`,
    `k8s:io.kubernetes.pod.namespace=${plan.namespace}`,
    `k8s:team=${plan.team}`,
  ].sort();
}
