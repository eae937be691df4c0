/** What a well-known address or reserved entity is, for people who meet it in a list of blocked destinations. */

export interface AddressNote {
  /** Two or three words. */
  readonly name: string;
  /** One or two sentences. */
  readonly detail: string;
}

const METADATA: AddressNote = {
  name: "cloud metadata",
  detail:
    "The instance metadata service of Azure, AWS, Google Cloud and others. Pods ask it for credentials and facts about their node; blocking it is common hardening.",
};
const CLUSTER_API = "By convention the first address of the service range, where pods reach the Kubernetes API.";
const CLUSTER_DNS = "By convention the tenth address of the service range, where pods reach the cluster's DNS.";

const ADDRESSES: ReadonlyMap<string, AddressNote> = new Map([
  ["169.254.169.254", METADATA],
  ["fd00:ec2::254", { name: "AWS metadata", detail: "The AWS instance metadata service over IPv6." }],
  ["fd20:ce::254", { name: "Google metadata", detail: "The Google Cloud metadata service over IPv6." }],
  ["100.100.100.200", { name: "Alibaba metadata", detail: "The instance metadata service of Alibaba Cloud." }],
  [
    "168.63.129.16",
    {
      name: "Azure platform",
      detail:
        "Azure's virtual address for DNS, DHCP, load balancer health probes and the VM agent. Pods that resolve names through the node reach it on port 53.",
    },
  ],
  ["169.254.169.253", { name: "AWS DNS", detail: "The resolver that AWS offers inside every VPC." }],
  ["169.254.169.123", { name: "AWS time", detail: "The time service (NTP) that AWS offers inside every VPC." }],
  ["169.254.170.2", { name: "AWS task credentials", detail: "Where containers on AWS fetch the credentials of their task." }],
  ["169.254.170.23", { name: "EKS pod identity", detail: "Where pods on EKS fetch the credentials of their role." }],
  ["169.254.20.10", { name: "node-local DNS", detail: "The DNS cache that runs on every node where NodeLocal DNSCache is installed." }],
  ["10.96.0.1", { name: "Kubernetes API", detail: `${CLUSTER_API} (kubeadm's default range)` }],
  ["10.96.0.10", { name: "cluster DNS", detail: `${CLUSTER_DNS} (kubeadm's default range)` }],
  ["10.0.0.1", { name: "Kubernetes API on AKS", detail: `${CLUSTER_API} (the default range of AKS)` }],
  ["10.0.0.10", { name: "cluster DNS on AKS", detail: `${CLUSTER_DNS} (the default range of AKS)` }],
  ["172.20.0.1", { name: "Kubernetes API on EKS", detail: `${CLUSTER_API} (a default range of EKS)` }],
  ["172.20.0.10", { name: "cluster DNS on EKS", detail: `${CLUSTER_DNS} (a default range of EKS)` }],
  ["8.8.8.8", { name: "Google DNS", detail: "A public resolver. Software that ignores the cluster's DNS often asks it." }],
  ["8.8.4.4", { name: "Google DNS", detail: "A public resolver. Software that ignores the cluster's DNS often asks it." }],
  ["1.1.1.1", { name: "Cloudflare DNS", detail: "A public resolver. Software that ignores the cluster's DNS often asks it." }],
  ["1.0.0.1", { name: "Cloudflare DNS", detail: "A public resolver. Software that ignores the cluster's DNS often asks it." }],
  ["9.9.9.9", { name: "Quad9 DNS", detail: "A public resolver. Software that ignores the cluster's DNS often asks it." }],
  ["255.255.255.255", { name: "broadcast", detail: "Every host on the local network." }],
  ["224.0.0.251", { name: "mDNS", detail: "Multicast name lookup. Few networks in a cluster carry it." }],
  ["ff02::fb", { name: "mDNS", detail: "Multicast name lookup. Few networks in a cluster carry it." }],
  ["ff02::2", { name: "all routers", detail: "Router discovery of IPv6, sent by every host that starts." }],
  ["ff02::1", { name: "all nodes", detail: "Every IPv6 host on the local link." }],
  ["ff02::16", { name: "multicast listeners", detail: "IPv6 hosts report their multicast groups to it when they start." }],
]);

const RANGES: readonly (readonly [test: RegExp, note: AddressNote])[] = [
  [/^127\./, { name: "loopback", detail: "The pod itself." }],
  [/^169\.254\./, { name: "link-local", detail: "Reachable on the node's own link only." }],
  [/^fe80:/i, { name: "link-local", detail: "Reachable on the node's own link only." }],
  [/^(?:22[4-9]|23\d)\./, { name: "multicast", detail: "A group of receivers, not one host." }],
  [/^ff/i, { name: "multicast", detail: "A group of receivers, not one host." }],
];

const ENTITIES: ReadonlyMap<string, AddressNote> = new Map([
  ["kube-apiserver", { name: "Kubernetes API", detail: "The Kubernetes API server, which operators and controllers need." }],
  ["world", { name: "outside the cluster", detail: "Any address outside the cluster that no CIDR or DNS rule names." }],
  ["world-ipv4", { name: "outside the cluster", detail: "Any IPv4 address outside the cluster that no CIDR or DNS rule names." }],
  ["world-ipv6", { name: "outside the cluster", detail: "Any IPv6 address outside the cluster that no CIDR or DNS rule names." }],
  ["host", { name: "the pod's own node", detail: "The node that the pod runs on." }],
  ["remote-node", { name: "another node", detail: "Another node of the cluster, or of a connected one." }],
  ["health", { name: "Cilium health", detail: "The endpoints by which Cilium checks that nodes reach each other." }],
  ["init", { name: "starting pods", detail: "Pods whose labels Cilium does not know yet." }],
  ["unmanaged", { name: "unmanaged pods", detail: "Pods that Cilium does not manage." }],
  ["ingress", { name: "Cilium Ingress", detail: "Cilium's own ingress proxy." }],
]);

/** Undefined for addresses that are nothing special. */
export function addressNote(ip: string): AddressNote | undefined {
  const known = ADDRESSES.get(ip);
  if (known !== undefined || !(ip.includes(".") || ip.includes(":"))) return known;
  return RANGES.find(([test]) => test.test(ip))?.[1];
}

/** For destination groups of kind `reserved`. */
export function entityNote(name: string): AddressNote | undefined {
  return ENTITIES.get(name);
}
