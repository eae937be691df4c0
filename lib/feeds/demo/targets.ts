/** Where the demo's packets go: addresses with the labels that Cilium would give them. */
import type { DemoPod } from "./pods.ts";

export interface DemoTarget {
  readonly ip: string;
  /** The destination's JSON after `{`, or after `"identity":N,` where the identity is local to a node. */
  readonly json: string;
  /** Identities of CIDRs and names differ from node to node. */
  readonly nodeLocal: boolean;
  /** `"destination_names":[…],` or empty. */
  readonly namesJson: string;
}

const GROUP_NAME = "cidrgroup:io.cilium.policy.cidrgroupname/";

/** An address in one or more CIDR groups (overlapping ones give it all their labels). */
export function inGroups(ip: string, groups: readonly string[], names: readonly string[] = []): DemoTarget {
  const labels = [
    ...groups.map((group) => `${GROUP_NAME}${group}`),
    ...groups.map((group) => `cidrgroup:policy=${group}`),
    "reserved:world",
  ];
  return { ip, json: `"labels":${JSON.stringify(labels)}}`, nodeLocal: true, namesJson: namesJson(names) };
}

/** An address under a prefix that some policy names. */
export function inCidr(ip: string, cidr: string): DemoTarget {
  const label = `cidr:${cidr.replaceAll(":", "-").replace(/-\//, "-0/")}`;
  return { ip, json: `"labels":${JSON.stringify([label, "reserved:world"])}}`, nodeLocal: true, namesJson: "" };
}

/** An address that the DNS proxy saw for a name of a toFQDNs rule. */
export function ofName(ip: string, name: string): DemoTarget {
  return { ip, json: `"labels":${JSON.stringify([`fqdn:${name}`, "reserved:world"])}}`, nodeLocal: true, namesJson: namesJson([name]) };
}

/** Anywhere outside, known by name or not. */
export function inWorld(ip: string, names: readonly string[] = []): DemoTarget {
  return { ip, json: '"identity":2,"labels":["reserved:world"]}', nodeLocal: false, namesJson: namesJson(names) };
}

export function remoteNode(ip: string): DemoTarget {
  return { ip, json: '"identity":6,"labels":["reserved:remote-node"]}', nodeLocal: false, namesJson: "" };
}

export function apiServer(ip: string): DemoTarget {
  return { ip, json: '"identity":7,"labels":["reserved:kube-apiserver"]}', nodeLocal: false, namesJson: "" };
}

export function toPod(pod: DemoPod): DemoTarget {
  return { ip: pod.ip4, json: pod.destinationJson.slice(1), nodeLocal: false, namesJson: "" };
}

function namesJson(names: readonly string[]): string {
  return names.length === 0 ? "" : `"destination_names":${JSON.stringify(names)},`;
}
