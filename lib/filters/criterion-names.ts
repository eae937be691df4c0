/** The names of all criteria, apart from their records: what edits a filter in the browser needs no schemas. */
import type { Clause } from "./filter.ts";

type CriterionName = keyof Clause;

/** Weir's own first, then Cilium's in the order in which the proto message declares them. */
export const CRITERION_NAMES = [
  "pod",
  "workload",
  "namespace",
  "cluster",
  "group",
  "cidr",
  "ip",
  "name",
  "port",
  "reason",
  "policy",
  "node",
  "uuid",
  "source_ip",
  "source_ip_xlated",
  "source_pod",
  "source_fqdn",
  "source_label",
  "source_service",
  "source_workload",
  "source_cluster_name",
  "destination_ip",
  "destination_pod",
  "destination_fqdn",
  "destination_label",
  "destination_service",
  "destination_workload",
  "destination_cluster_name",
  "traffic_direction",
  "verdict",
  "drop_reason_desc",
  "interface",
  "event_type",
  "http_status_code",
  "protocol",
  "source_port",
  "destination_port",
  "reply",
  "dns_query",
  "source_identity",
  "destination_identity",
  "http_method",
  "http_path",
  "http_url",
  "http_header",
  "tcp_flags",
  "node_name",
  "node_labels",
  "ip_version",
  "trace_id",
  "ip_trace_id",
  "encrypted",
  "cel_expression",
] as const satisfies readonly CriterionName[];

/** Fails to compile when a criterion is missing above. */
type Unnamed = Exclude<CriterionName, (typeof CRITERION_NAMES)[number]>;
const everyCriterionIsNamed: [Unnamed] extends [never] ? true : Unnamed = true;
const NAMES: ReadonlySet<string> = new Set(everyCriterionIsNamed ? CRITERION_NAMES : []);

export function isCriterion(text: string): text is CriterionName {
  return NAMES.has(text);
}
