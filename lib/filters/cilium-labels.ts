/** Destination groups as label selectors. */
import { CIDR_GROUP_NAME_PREFIX } from "#lib/flows/destination.ts";
import { parsePrefix } from "./ip-address.ts";
import { parseLabelSelector } from "./label-selector.ts";
import { cannotSay, type Spelled } from "./spelling.ts";

const RESERVED: ReadonlySet<string> = new Set([
  "host",
  "world",
  "unmanaged",
  "health",
  "init",
  "remote-node",
  "kube-apiserver",
  "ingress",
  "world-ipv4",
  "world-ipv6",
  "overlay-to-encrypt",
]);

/**
 * A bare name is a CIDR group, an FQDN selector or a reserved entity, so each is asked for by its label; workloads carry their namespace
 * and a slash, and prefixes match wider as labels than as groups: both are refused.
 */
export function labelsOfGroups(groups: readonly string[]): Spelled<readonly string[]> {
  const labels: string[] = [];
  for (const group of groups) {
    if (group === "") return cannotSay("group", "Cilium cannot ask for destinations in no group.");
    if (parsePrefix(group)) return cannotSay("group", `As a label, cidr:${group} would also match every narrower prefix.`);
    if (group.includes("/")) return cannotSay("group", `${group} is a workload, and destination_workload has no namespace.`);
    const forms = [`${CIDR_GROUP_NAME_PREFIX}${group}`, ...(RESERVED.has(group) ? [`reserved:${group}`] : [`fqdn:${group}`])];
    const legal = forms.filter((form) => "built" in parseLabelSelector(form) && /^[-:./A-Za-z0-9_]+$/.test(form));
    if (legal.length === 0) return cannotSay("group", `${group} is no legal label key, so no selector can name it.`);
    labels.push(...legal);
  }
  return { spelled: labels };
}
