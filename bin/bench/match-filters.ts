/** The filters of the matching benchmark: one criterion, the product's own blocked-egress export, and twenty clauses of every costly kind. */
import type { Clause, Filter } from "#lib/filters/filter.ts";

const TEAMS = ["orders", "billing", "catalog", "identity", "search", "media", "ops", "risk", "mail", "reports"] as const;

/** None of them matches often, so that most flows are held against most clauses. */
const CLAUSES: readonly Clause[] = TEAMS.flatMap((team, index): Clause[] => [
  {
    source_label: [`k8s:app.kubernetes.io/part-of in (${team}, ${team}-old)`, `owner=team-${team},!k8s:app`],
    destination_ip: [`10.${index}.0.0/16`, `192.168.${index}.0/24`, `2a0${index}:1000::/20`],
  },
  {
    destination_label: [`cidrgroup:io.cilium.policy.cidrgroupname/none-${index}`, `cidr:${20 + index}.0.0.0/8`],
    ...(index % 2 === 0 ? { destination_port: ["853", "8443"] } : { node_name: [`aks-*/*-vmss00000${index}`] }),
  },
]);

export const MATCH_FILTERS: readonly { readonly name: string; readonly filter: Filter }[] = [
  { name: "one criterion", filter: { include: [{ destination_port: ["443"] }], exclude: [] } },
  {
    name: "blocked egress by policy",
    filter: {
      include: [{ event_type: [{ type: 1 }], traffic_direction: ["EGRESS"], drop_reason_desc: ["POLICY_DENIED", "POLICY_DENY"] }],
      exclude: [],
    },
  },
  {
    name: "20 clauses with labels, CIDRs and a regex",
    filter: { include: [...CLAUSES.slice(0, -1), { dns_query: ["(evil|bad)[0-9]*\\.example\\.(com|net)\\.$"] }], exclude: [] },
  },
];
