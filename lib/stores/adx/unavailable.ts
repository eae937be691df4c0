/** What a table cannot tell, and why: shown as not available instead of as an empty answer. */
import type { KqlFact } from "#lib/filters/kql-columns.ts";
import type { Problem } from "#lib/questions/answer.ts";
import type { Unavailable } from "#lib/questions/unavailable.ts";
import { FILTER_COLUMNS } from "./flow-columns.ts";
import type { MappedTable } from "./mapped-rows.ts";
import type { MappedField } from "./table-mapping.ts";
import { mappedTable, type TableSettings } from "./table-rows.ts";

/** Any of these parts of a flow is enough. */
const NEEDED: { readonly [K in keyof Unavailable]-?: readonly MappedField[] } = {
  pod: ["source_pod_name", "source_ip"],
  workload: ["source_workload", "source_pod_name", "source_ip"],
  namespace: ["source_namespace"],
  cluster: ["source_cluster_name", "node_name"],
  group: ["destination_labels", "destination_workload", "destination_pod_name", "destination_identity"],
  cidr: ["destination_labels"],
  ip: ["destination_ip"],
  name: ["destination_names"],
  port: ["destination_port"],
  protocol: ["protocol"],
  reason: ["verdict", "drop_reason", "drop_reason_desc"],
  policy: ["egress_denied_by"],
  node: ["node_name"],
  label: ["source_labels"],
};

/** Empty where every flow is there whole. */
export function unavailableOf(settings: TableSettings): Unavailable {
  const mapped = mappedTable(settings);
  if (mapped === undefined) return {};
  const missing = Object.entries(NEEDED).filter(([, fields]) => fields.every((field) => mapped.fields[field] === undefined));
  return Object.fromEntries(missing.map(([what, [field = "uuid"]]) => [what, mapped.whyNot(field)]));
}

export function unavailableProblem(why: string): Problem {
  return {
    kind: "bad-question",
    title: "This table does not tell that.",
    detail: why,
    next: "Group by something else; choices that the table cannot answer are marked.",
  };
}

/** Facts that a mapped table may lack; all others are put together from what is there. */
const FIELD_OF: { readonly [F in KqlFact]?: MappedField } = {
  source_ip: "source_ip",
  destination_ip: "destination_ip",
  source_port: "source_port",
  destination_port: "destination_port",
  protocol: "protocol",
  source_labels: "source_labels",
  destination_labels: "destination_labels",
  destination_names: "destination_names",
  source_identity: "source_identity",
  destination_identity: "destination_identity",
  source_namespace: "source_namespace",
  source_pod_name: "source_pod_name",
  destination_namespace: "destination_namespace",
  destination_pod_name: "destination_pod_name",
  node_name: "node_name",
  policy: "egress_denied_by",
  cidr: "destination_labels",
  is_reply: "is_reply",
  event_type: "event_type",
  event_sub_type: "event_sub_type",
  verdict: "verdict",
  traffic_direction: "traffic_direction",
};
/** What no mapped table holds. */
const NEVER: readonly KqlFact[] = [
  "ip_version",
  "source_ip_xlated",
  "encrypted",
  "tcp_flags",
  "source_names",
  "source_service_namespace",
  "source_service_name",
  "destination_service_namespace",
  "destination_service_name",
  "node_labels",
  "interface_index",
  "interface_name",
  "trace_id",
  "ip_trace_id",
  "l7_protocol",
  "dns_query",
  "http_method",
  "http_url",
  "http_code",
  "http_headers",
];

/** Where a filter over this table finds what it asks about; a criterion without a column is refused. */
export function filterColumnsOf(settings: TableSettings): Partial<typeof FILTER_COLUMNS> {
  const mapped: MappedTable | undefined = mappedTable(settings);
  if (mapped === undefined) return FILTER_COLUMNS;
  const missing = new Set<string>([
    ...NEVER,
    ...Object.entries(FIELD_OF).flatMap(([fact, field]) => (mapped.fields[field] === undefined ? [fact] : [])),
  ]);
  return Object.fromEntries(Object.entries(FILTER_COLUMNS).filter(([fact]) => !missing.has(fact)));
}
