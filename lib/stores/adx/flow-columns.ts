/** The columns of a flow in Azure Data Explorer: what every shape of table is brought to, and what every question is asked of. */
import { TYPED_COLUMNS } from "#lib/filters/typed-table.ts";
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
export const FILTER_COLUMNS = TYPED_COLUMNS satisfies Readonly<Record<string, FlowColumn>>;

const NAMES = Object.keys(FLOW_COLUMNS).filter(isFlowColumn);

export function isFlowColumn(name: string): name is FlowColumn {
  return Object.hasOwn(FLOW_COLUMNS, name);
}

/** The columns that a text names, in their own order. A name inside a literal counts as well, which costs a column and nothing else. */
export function columnsNamed(text: string): readonly FlowColumn[] {
  const words = new Set(text.match(/\b[A-Z]\w*/g) ?? []);
  return NAMES.filter((name) => words.has(name));
}
