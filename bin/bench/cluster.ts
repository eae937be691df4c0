/** The made-up cluster of the benchmark: nodes, pods and destinations with label sets of real size (14-25 labels an endpoint, 21 a node). */
import type { Random } from "./random.ts";
import { zipf } from "./random.ts";

export interface BenchPod {
  readonly ip4: string;
  readonly ip6: string;
  readonly mac: string;
  readonly node: BenchNode;
  readonly json: string;
  readonly asDestination: string;
  readonly name: string;
}
export interface BenchNode {
  readonly name: string;
  readonly labels: string;
  readonly mac: string;
  readonly ip: string;
}
export interface BenchDestination {
  readonly ip: string;
  readonly v6: boolean;
  readonly json: string;
  readonly names: string;
  /** A deny rule's policy, empty where nothing denies it by name. */
  readonly policy: string;
}
export interface BenchCluster {
  readonly nodes: readonly BenchNode[];
  readonly pods: readonly BenchPod[];
  readonly destinations: readonly BenchDestination[];
}

const CLUSTER = "aks-bench-1";
const TEAMS = ["orders", "billing", "catalog", "identity", "search", "media", "ops", "risk", "mail", "reports"] as const;
const ROLES = ["api", "worker", "sync", "gateway", "cron", "exporter", "web", "indexer"] as const;
const KINDS = ["Deployment", "Deployment", "Deployment", "StatefulSet", "DaemonSet", "CronJob"] as const;
const GROUPS = [
  "egress-traffic-blocking",
  "tor-exits",
  "spam-sources",
  "bad-hosts",
  "coin-pools",
  "old-datacentre",
  "cloud-metadata",
  "partner-vpn",
  "geo-blocked",
  "dns-over-https",
  "ad-trackers",
  "public-smtp",
  "bogons",
  "intel-a",
  "intel-b",
  "git-ssh",
  "pypi-mirror",
  "registries",
  "public-ntp",
  "vpn-providers",
  "paste-sites",
  "botnet-c2",
  "scanners",
  "onprem",
] as const;
const HOSTS = ["telemetry", "updates", "metrics", "cdn", "api", "auth", "mirror", "static", "events", "tracker", "pool", "blob"] as const;
const ENDINGS = ["com", "net", "io", "org", "dev"] as const;

export function makeCluster(random: Random, sizes: { nodes: number; pods: number; destinations: number }): BenchCluster {
  const nodes = Array.from({ length: sizes.nodes }, (_, index) => makeNode(random, index));
  const workloads = Array.from({ length: Math.max(1, Math.ceil(sizes.pods / 11)) }, (_, index) => makeWorkload(random, index));
  const pods = Array.from({ length: sizes.pods }, (_, index) =>
    makePod(random, index, at(workloads, index), at(nodes, random.below(nodes.length))),
  );
  const groupRank = zipf(random, GROUPS.length, 1.1);
  const destinations = Array.from({ length: sizes.destinations }, (_, index) =>
    makeDestination(random, index, GROUPS[groupRank()] ?? "onprem", pods, nodes),
  );
  return { nodes, pods, destinations };
}

function at<T>(items: readonly T[], index: number): T {
  const item = items[index % items.length];
  if (item === undefined) throw new RangeError("empty list");
  return item;
}

function mac(random: Random): string {
  return random.hex(12).replace(/(..)(?!$)/g, "$1:");
}

function makeNode(random: Random, index: number): BenchNode {
  const pool = `pool${(index % 3) + 1}`;
  const host = `aks-${pool}-40992113-vmss${index.toString(36).padStart(6, "0")}`;
  const zone = `westeurope-${(index % 3) + 1}`;
  const labels = [
    `agentpool=${pool}`,
    "beta.kubernetes.io/arch=amd64",
    "beta.kubernetes.io/instance-type=Standard_D8ds_v5",
    "beta.kubernetes.io/os=linux",
    "failure-domain.beta.kubernetes.io/region=westeurope",
    `failure-domain.beta.kubernetes.io/zone=${zone}`,
    `kubernetes.azure.com/agentpool=${pool}`,
    `kubernetes.azure.com/cluster=MC_rg-bench_${CLUSTER}_westeurope`,
    "kubernetes.azure.com/kubelet-identity-client-id=5d1f0c3e",
    "kubernetes.azure.com/mode=user",
    "kubernetes.azure.com/node-image-version=AKSUbuntu-2204gen2containerd-202609.02.0",
    "kubernetes.azure.com/os-sku=Ubuntu",
    "kubernetes.azure.com/storageprofile=managed",
    "kubernetes.io/arch=amd64",
    `kubernetes.io/hostname=${host}`,
    "kubernetes.io/os=linux",
    "node.kubernetes.io/instance-type=Standard_D8ds_v5",
    "storageprofile=managed",
    `topology.disk.csi.azure.com/zone=${zone}`,
    "topology.kubernetes.io/region=westeurope",
    `topology.kubernetes.io/zone=${zone}`,
  ];
  return { name: `${CLUSTER}/${host}`, labels: JSON.stringify(labels), mac: mac(random), ip: `10.224.${index >> 8}.${index & 255}` };
}

interface BenchWorkload {
  readonly namespace: string;
  readonly name: string;
  readonly kind: string;
  readonly labels: string;
  readonly identity: number;
}

function makeWorkload(random: Random, index: number): BenchWorkload {
  const team = at(TEAMS, index);
  const role = at(ROLES, index);
  const name = `${role}-${random.hex(4)}-${index}`;
  const namespace = `${team}-${at(["dev", "test", "prod", "prod"], index)}`;
  const optional = [
    `cost-center=cc-${1000 + index}`,
    "tier=backend",
    "release=stable",
    "azure.workload.identity/use=true",
    "sidecar.istio.io/inject=false",
    "spread=zonal",
    `owner=team-${team}`,
    "compliance=pci",
    "data-class=internal",
    `oncall=${team}-primary`,
    "egress=restricted",
  ].slice(0, random.below(12));
  const labels = [
    `app.kubernetes.io/component=${role}`,
    `app.kubernetes.io/instance=${name}-${namespace}`,
    "app.kubernetes.io/managed-by=Helm",
    `app.kubernetes.io/name=${name}`,
    `app.kubernetes.io/part-of=${team}`,
    `app.kubernetes.io/version=${1 + (index % 5)}.${index % 17}.0`,
    `app=${name}`,
    `helm.sh/chart=${name}-${1 + (index % 5)}.0.2`,
    `io.cilium.k8s.namespace.labels.kubernetes.io/metadata.name=${namespace}`,
    "io.cilium.k8s.namespace.labels.pod-security.kubernetes.io/enforce=restricted",
    `io.cilium.k8s.namespace.labels.team=${team}`,
    `io.cilium.k8s.policy.cluster=${CLUSTER}`,
    `io.cilium.k8s.policy.serviceaccount=${name}`,
    `io.kubernetes.pod.namespace=${namespace}`,
    ...optional,
  ];
  return {
    namespace,
    name,
    kind: at(KINDS, index),
    labels: JSON.stringify(labels.map((label) => `k8s:${label}`).sort()),
    identity: 10000 + random.below(50000),
  };
}

function makePod(random: Random, index: number, workload: BenchWorkload, node: BenchNode): BenchPod {
  const suffix =
    workload.kind === "StatefulSet"
      ? `${index % 11}`
      : workload.kind === "DaemonSet"
        ? random.hex(5)
        : `${random.hex(10)}-${random.hex(5)}`;
  const name = `${workload.name}-${suffix}`;
  const rest = `"identity":${workload.identity},"cluster_name":"${CLUSTER}","namespace":"${workload.namespace}","labels":${workload.labels},"pod_name":"${name}","workloads":[{"name":"${workload.name}","kind":"${workload.kind}"}]}`;
  return {
    ip4: `100.${64 + (index >> 14)}.${(index >> 8) & 63}.${index & 255}`,
    ip6: `fd00:10:244:${(index >> 8).toString(16)}::${(1 + (index & 255)).toString(16)}`,
    mac: mac(random),
    node,
    name: `${workload.namespace}/${name}`,
    json: `{"ID":${1 + random.below(4000)},${rest}`,
    asDestination: `{${rest}`,
  };
}

function makeDestination(
  random: Random,
  index: number,
  group: string,
  pods: readonly BenchPod[],
  nodes: readonly BenchNode[],
): BenchDestination {
  const v6 = random.next() < 0.12;
  const ip = v6
    ? `2a0${1 + random.below(9)}:${(0x1000 + random.below(0xefff)).toString(16)}:${(0x1000 + random.below(0xefff)).toString(16)}::${(1 + random.below(0xffff)).toString(16)}`
    : random.next() < 0.15
      ? `10.${random.below(256)}.${random.below(256)}.${1 + random.below(254)}`
      : `${11 + random.below(200)}.${random.below(256)}.${random.below(256)}.${1 + random.below(254)}`;
  const world = v6 ? "reserved:world-ipv6" : "reserved:world-ipv4";
  const host = `${random.pick(HOSTS)}${index % 97}.${random.pick(HOSTS)}-${random.below(900)}.${random.pick(ENDINGS)}`;
  const names =
    random.next() < 0.6 ? [host, ...(random.next() < 0.15 ? [`edge-${random.below(5000)}.cdn-${random.below(60)}.net`] : [])] : [];
  const identity = 16777216 + (index % 9000);
  const made = (labels: readonly string[], policy: string): BenchDestination => ({
    ip,
    v6,
    policy,
    names: names.length === 0 ? "" : `"destination_names":${JSON.stringify(names)},`,
    json: `{"identity":${identity},"labels":${JSON.stringify(labels)}}`,
  });
  const share = random.next();
  if (share < 0.62) return made([`cidrgroup:io.cilium.policy.cidrgroupname/${group}`, `cidrgroup:policy=${group}`, world], group);
  if (share < 0.89) return made([`cidr:${prefixOf(ip, v6)}`, world], `deny-cidr-${index % 40}`);
  if (share < 0.93) {
    const pod = at(pods, random.below(pods.length));
    return { ip: v6 ? pod.ip6 : pod.ip4, v6, policy: "", names: "", json: pod.asDestination };
  }
  if (share < 0.96) return made([`fqdn:*.${host.split(".").slice(1).join(".")}`, world], "");
  if (share < 0.97)
    return {
      ip: at(nodes, random.below(nodes.length)).ip,
      v6: false,
      policy: "",
      names: "",
      json: '{"identity":6,"labels":["reserved:remote-node"]}',
    };
  return {
    ip,
    v6,
    policy: "",
    names: names.length === 0 ? "" : `"destination_names":${JSON.stringify(names)},`,
    json: `{"identity":${v6 ? 10 : 9},"labels":["${world}"]}`,
  };
}

function prefixOf(ip: string, v6: boolean): string {
  return v6 ? `${ip.split(":").slice(0, 2).join("-")}--0/32` : `${ip.split(".").slice(0, 2).join(".")}.0.0/16`;
}
