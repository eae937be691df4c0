/** The columns of a flow in Azure Data Explorer: what every shape of table is brought to, and what every question is asked of. */
import type { KqlColumns } from "#lib/filters/kql-columns.ts";
import type { ParameterType } from "./kusto-query.ts";

export type ColumnType = Exclude<ParameterType, "timespan"> | "int" | "bool";

export const FLOW_COLUMNS = {
  Timestamp: "datetime",
  /** The uuid, else a hash of the flow behind a tilde: the same flow twice is one. */
  Id: "string",
  Uuid: "string",
  Verdict: "string",
  Reason: "string",
  DropReason: "long",
  DropReasonName: "string",
  EventType: "int",
  EventSubType: "int",
  Direction: "string",
  IsReply: "bool",
  IpVersion: "string",
  SourceIp: "string",
  SourceIpXlated: "string",
  DestinationIp: "string",
  Encrypted: "bool",
  Protocol: "string",
  SourcePort: "int",
  DestinationPort: "int",
  /** The 5-tuple as JSON text: equal text, same attempt. */
  Attempt: "string",
  TcpFlags: "dynamic",
  HasSource: "bool",
  SourceIdentity: "long",
  SourceNamespace: "string",
  SourcePod: "string",
  SourceCluster: "string",
  SourceLabels: "dynamic",
  SourceWorkloads: "dynamic",
  SourceNames: "dynamic",
  SourceServiceNamespace: "string",
  SourceServiceName: "string",
  HasDestination: "bool",
  DestinationIdentity: "long",
  DestinationNamespace: "string",
  DestinationPod: "string",
  DestinationCluster: "string",
  DestinationLabels: "dynamic",
  DestinationWorkloads: "dynamic",
  DestinationNames: "dynamic",
  DestinationServiceNamespace: "string",
  DestinationServiceName: "string",
  Node: "string",
  NodeLabels: "dynamic",
  InterfaceIndex: "int",
  InterfaceName: "string",
  TraceId: "string",
  IpTraceId: "string",
  L7Protocol: "string",
  DnsQuery: "string",
  HttpMethod: "string",
  HttpUrl: "string",
  HttpCode: "int",
  HttpHeaders: "dynamic",
  Pod: "string",
  Workload: "string",
  Cluster: "string",
  Policy: "string",
  /** The names of the first four denying policies, one a line: for searching text. */
  PolicyNames: "string",
  DeniedBy: "dynamic",
  PolicyLog: "dynamic",
  Packets: "long",
  /** Every destination group, the primary one first. */
  Groups: "dynamic",
  GroupKind: "string",
  Cidr: "string",
  Line: "string",
} as const satisfies Readonly<Record<string, ColumnType>>;

export type FlowColumn = keyof typeof FLOW_COLUMNS;

/** What of a pair of siblings the type-1 record knows better. */
export const DESTINATION_COLUMNS = [
  "DestinationIdentity",
  "DestinationNamespace",
  "DestinationPod",
  "DestinationCluster",
  "DestinationLabels",
  "DestinationWorkloads",
  "Groups",
  "GroupKind",
  "Cidr",
] as const satisfies readonly FlowColumn[];

/** Where a filter finds what it asks about. */
export const FILTER_COLUMNS = {
  uuid: "Uuid",
  verdict: "Verdict",
  drop_reason_desc: "DropReasonName",
  event_type: "EventType",
  event_sub_type: "EventSubType",
  traffic_direction: "Direction",
  is_reply: "IsReply",
  ip_version: "IpVersion",
  source_ip: "SourceIp",
  source_ip_xlated: "SourceIpXlated",
  destination_ip: "DestinationIp",
  encrypted: "Encrypted",
  protocol: "Protocol",
  source_port: "SourcePort",
  destination_port: "DestinationPort",
  tcp_flags: "TcpFlags",
  has_source: "HasSource",
  source_identity: "SourceIdentity",
  source_namespace: "SourceNamespace",
  source_pod_name: "SourcePod",
  source_cluster_name: "SourceCluster",
  source_labels: "SourceLabels",
  source_workloads: "SourceWorkloads",
  source_names: "SourceNames",
  source_service_namespace: "SourceServiceNamespace",
  source_service_name: "SourceServiceName",
  has_destination: "HasDestination",
  destination_identity: "DestinationIdentity",
  destination_namespace: "DestinationNamespace",
  destination_pod_name: "DestinationPod",
  destination_cluster_name: "DestinationCluster",
  destination_labels: "DestinationLabels",
  destination_workloads: "DestinationWorkloads",
  destination_names: "DestinationNames",
  destination_service_namespace: "DestinationServiceNamespace",
  destination_service_name: "DestinationServiceName",
  node_name: "Node",
  node_labels: "NodeLabels",
  interface_index: "InterfaceIndex",
  interface_name: "InterfaceName",
  trace_id: "TraceId",
  ip_trace_id: "IpTraceId",
  l7_protocol: "L7Protocol",
  dns_query: "DnsQuery",
  http_method: "HttpMethod",
  http_url: "HttpUrl",
  http_code: "HttpCode",
  http_headers: "HttpHeaders",
  pod: "Pod",
  workload: "Workload",
  cluster: "Cluster",
  reason: "Reason",
  policy: "Policy",
  groups: "Groups",
  cidr: "Cidr",
} as const satisfies Required<KqlColumns> & Readonly<Record<string, FlowColumn>>;

const NAMES = Object.keys(FLOW_COLUMNS).filter(isFlowColumn);

export function isFlowColumn(name: string): name is FlowColumn {
  return Object.hasOwn(FLOW_COLUMNS, name);
}

/** The columns that a text names, in their own order. A name inside a literal counts as well, which costs a column and nothing else. */
export function columnsNamed(text: string): readonly FlowColumn[] {
  const words = new Set(text.match(/\b[A-Z]\w*/g) ?? []);
  return NAMES.filter((name) => words.has(name));
}
