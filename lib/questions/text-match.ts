/** Free text over names, case-insensitive: tests on parts of a flow, any of which lets it through. */
import { type PartTest, testOn } from "#lib/filters/flow-part.ts";
import { destinationGroupsOf } from "#lib/flows/destination.ts";
import { policyName } from "#lib/flows/dimension.ts";

/** Pod, namespace, workload, groups of the destination, both addresses, DNS names, policies, node. Empty text = no tests = no restriction. */
export function textTests(text: string): readonly PartTest[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === "") return [];
  const holds = (value: string): boolean => value.toLowerCase().includes(wanted);
  return [
    testOn("pod", holds),
    testOn("workload", holds),
    testOn("source", (endpoint) => holds(endpoint.namespace)),
    testOn("destination", (endpoint) => destinationGroupsOf(endpoint).some((group) => holds(group.name))),
    testOn("source_ip", holds),
    testOn("destination_ip", holds),
    testOn("destination_names", (names) => names.some(holds)),
    testOn("denied_by", (policies) => policies.some((policy) => holds(policyName(policy)))),
    testOn("node", holds),
  ];
}
