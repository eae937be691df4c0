/** What a destination belongs to, most telling first: CIDR group names, the policy's CIDR, FQDN selector, workload, reserved entity. */
import type { Endpoint } from "./flow.ts";

export const DESTINATION_GROUP_KINDS = ["cidrgroup", "cidr", "fqdn", "workload", "reserved", "none"] as const;
export type DestinationGroupKind = (typeof DESTINATION_GROUP_KINDS)[number];

export interface DestinationGroup {
  readonly name: string;
  readonly kind: DestinationGroupKind;
}

/** Key of the label Cilium gives every address of a CiliumCIDRGroup, from 1.17 on (cilium#36087). */
export const CIDR_GROUP_NAME_PREFIX = "cidrgroup:io.cilium.policy.cidrgroupname/";

/** Names of the reserved identities, for destinations that carry no label. */
export const RESERVED_BY_IDENTITY: ReadonlyMap<number, string> = new Map([
  [1, "host"],
  [2, "world"],
  [3, "unmanaged"],
  [4, "health"],
  [5, "init"],
  [6, "remote-node"],
  [7, "kube-apiserver"],
  [8, "ingress"],
  [9, "world-ipv4"],
  [10, "world-ipv6"],
  [11, "overlay-to-encrypt"],
]);

const NONE: DestinationGroup = { name: "", kind: "none" };
const known = new WeakMap<Endpoint, readonly DestinationGroup[]>();

/** Every group, the primary one first; never empty. An address in nested or overlapping CIDR groups carries several names. */
export function destinationGroupsOf(destination: Endpoint): readonly [DestinationGroup, ...DestinationGroup[]] {
  const found = known.get(destination);
  if (found?.[0]) return [found[0], ...found.slice(1)];
  const groups = readGroups(destination);
  known.set(destination, groups);
  return groups;
}

export function primaryGroupOf(destination: Endpoint): DestinationGroup {
  return known.get(destination)?.[0] ?? destinationGroupsOf(destination)[0];
}

function readGroups(destination: Endpoint): readonly [DestinationGroup, ...DestinationGroup[]] {
  const groups: DestinationGroup[] = [
    ...labelled(destination.labels, CIDR_GROUP_NAME_PREFIX, "cidrgroup", (text) => text.split("=", 1)[0] ?? text),
    ...labelled(destination.labels, "cidr:", "cidr", cidrOfLabel),
    ...labelled(destination.labels, "fqdn:", "fqdn", (text) => text),
  ];
  const workload = workloadName(destination);
  if (workload !== "") groups.push({ name: workload, kind: "workload" });
  groups.push(...reservedOf(destination));
  const [first, ...rest] = groups;
  return first ? [first, ...rest] : [NONE];
}

function labelled(
  labels: readonly string[],
  prefix: string,
  kind: DestinationGroupKind,
  nameOf: (text: string) => string,
): DestinationGroup[] {
  const names = labels.filter((label) => label.startsWith(prefix)).map((label) => nameOf(label.slice(prefix.length)));
  return [...new Set(names)].sort().map((name) => ({ name, kind }));
}

/** `cidr:2001-db8--0/32` → `2001:db8::/32`: labels write IPv6 with dashes and pad an empty end with 0. */
export function cidrOfLabel(text: string): string {
  const value = text.split("=", 1)[0] ?? text;
  if (!value.includes("-")) return value;
  const [address = "", prefix] = value.replaceAll("-", ":").split("/");
  const open = address.endsWith("::0") ? address.slice(0, -1) : address;
  const closed = open.startsWith("0::") ? open.slice(1) : open;
  return prefix === undefined ? closed : `${closed}/${prefix}`;
}

/** The longest policy CIDR of the destination, empty when it has none. */
export function cidrOf(destination: Endpoint): string {
  return destinationGroupsOf(destination).find((group) => group.kind === "cidr")?.name ?? "";
}

function workloadName(endpoint: Endpoint): string {
  const name = endpoint.workloads[0]?.name ?? endpoint.pod;
  if (name === "") return "";
  return endpoint.namespace === "" ? name : `${endpoint.namespace}/${name}`;
}

/** `kube-apiserver` and `remote-node` say more than `world` or `host`, which may stand beside them. */
function reservedOf(destination: Endpoint): DestinationGroup[] {
  const names = destination.labels.filter((label) => label.startsWith("reserved:")).map((label) => label.slice("reserved:".length));
  const byIdentity = RESERVED_BY_IDENTITY.get(destination.identity);
  if (names.length === 0 && byIdentity !== undefined) names.push(byIdentity);
  const plain = (name: string): number => (name.startsWith("world") ? 2 : name === "host" ? 1 : 0);
  return [...new Set(names)].sort((a, b) => plain(a) - plain(b) || (a < b ? -1 : 1)).map((name) => ({ name, kind: "reserved" }));
}
