/** Tables whose columns hold parts of a flow: the flow is put together again as JSON, and read as every other. */
import { stringLiteral } from "./kusto-query.ts";
import type { MappedField, TableMapping } from "./table-mapping.ts";

export interface MappedTable {
  readonly table: string;
  readonly timeColumn: string;
  /** Tests on stored columns. */
  readonly where: string;
  /** What gives each part: an expression over stored columns. */
  readonly fields: { readonly [F in MappedField]?: string };
  /** Stored columns that must be there, and their types; an empty type = any. */
  readonly columns: Readonly<Record<string, string>>;
  /** Rows are sums over many flows: two of them are never the two records of one packet. */
  readonly isSummed: boolean;
  /** Why something is not known, for people. */
  readonly whyNot: (field: MappedField) => string;
}

export function customTable({ table, time, only = {}, columns }: TableMapping): MappedTable {
  const tests = Object.entries(only).map(([column, text]) => `tostring(${quoted(column)}) == ${stringLiteral(text)}`);
  const fields = Object.fromEntries(Object.entries(columns).map(([field, column]) => [field, quoted(column)]));
  const needed = [...Object.keys(only), ...Object.values(columns)].map((column) => [column, ""] as const);
  return {
    table,
    timeColumn: quoted(time),
    where: tests.length === 0 ? "true" : tests.join(" and "),
    fields,
    columns: { ...Object.fromEntries(needed), [time]: "datetime" },
    isSummed: "packets" in columns,
    whyNot: (field) => `The file of --adx-mapping names no column for ${field}.`,
  };
}

/** Container network logs of managed AKS (Advanced Container Networking Services): sums over 30 seconds. */
export const NETWORK_LOGS: MappedTable = {
  table: "ContainerNetworkLogs",
  timeColumn: "TimeGenerated",
  where: "true",
  fields: {
    uuid: "UUID",
    verdict: "Verdict",
    drop_reason_desc: "DropReason",
    event_type: "EventType.type",
    event_sub_type: "EventType.sub_type",
    traffic_direction: "TrafficDirection",
    is_reply: "Reply",
    node_name: "NodeName",
    protocol:
      'case(isnotnull(Layer4.TCP), "TCP", isnotnull(Layer4.UDP), "UDP", isnotnull(Layer4.SCTP), "SCTP", isnotnull(Layer4.ICMPv4), "ICMPv4", isnotnull(Layer4.ICMPv6), "ICMPv6", "")',
    source_namespace: "SourceNamespace",
    source_pod_name: "SourcePodName",
    source_workload: "tostring(SourceWorkloads[0].name)",
    source_identity: "SourceIdentity",
    source_cluster_name: "SourceClusterName",
    destination_port:
      "coalesce(tolong(Layer4.TCP.destination_port), tolong(Layer4.UDP.destination_port), tolong(Layer4.SCTP.destination_port))",
    destination_namespace: "DestinationNamespace",
    destination_pod_name: "DestinationPodName",
    destination_workload: "tostring(DestinationWorkloads[0].name)",
    destination_identity: "DestinationIdentity",
    destination_cluster_name: "DestinationClusterName",
    egress_denied_by: "Policies",
    packets:
      "tolong(coalesce(IngressFlowCount, int(0))) + tolong(coalesce(EgressFlowCount, int(0))) + tolong(coalesce(UnknownDirectionFlowCount, int(0)))",
  },
  columns: {
    TimeGenerated: "datetime",
    Verdict: "string",
    DropReason: "string",
    TrafficDirection: "string",
    NodeName: "string",
    SourceNamespace: "string",
    SourcePodName: "string",
    DestinationNamespace: "string",
    DestinationPodName: "string",
    Layer4: "dynamic",
    EgressFlowCount: "int",
  },
  isSummed: true,
  whyNot: () => "Container network logs are sums over 30 seconds, without addresses, labels and DNS names.",
};

/** `TableTime`, `Line` and `Root`, the object that holds `flow`. */
export function readMapped({ timeColumn, fields }: MappedTable): string {
  return `| project TableTime = ${timeColumn}, Root = bag_pack("flow", ${flowText(timeColumn, fields)})
| extend Line = tostring(Root)`;
}

/** A 5-tuple where there is one, else what is known of sender, destination and port. */
export function attemptOf({ fields }: MappedTable): string | undefined {
  const isWhole = fields.source_ip !== undefined && fields.source_port !== undefined && fields.destination_ip !== undefined;
  if (isWhole) return undefined;
  return "tostring(pack_array(Protocol, SourceIp, SourceNamespace, SourcePod, DestinationIp, DestinationNamespace, DestinationPod, DestinationIdentity, DestinationPort))";
}

function flowText(timeColumn: string, fields: MappedTable["fields"]): string {
  const end = (side: "source" | "destination"): string =>
    bag([
      ["namespace", fields[`${side}_namespace`]],
      ["pod_name", fields[`${side}_pod_name`]],
      ["cluster_name", fields[`${side}_cluster_name`]],
      ["identity", fields[`${side}_identity`]],
      ["labels", dynamic(fields[`${side}_labels`])],
      ["workloads", workloads(fields[`${side}_workload`])],
    ]);
  const ports = bag([
    ["source_port", fields.source_port],
    ["destination_port", fields.destination_port],
  ]);
  const protocol = fields.protocol;
  return bag([
    // rows without a uuid are told apart by all that they say
    ["time", `tostring(${timeColumn})`],
    ["uuid", fields.uuid],
    // what says its verdict itself is read as it says
    ["Type", fields.verdict === undefined ? undefined : '"L3_L4"'],
    ["verdict", fields.verdict],
    ["drop_reason", fields.drop_reason],
    ["drop_reason_desc", fields.drop_reason_desc],
    [
      "event_type",
      bag([
        ["type", fields.event_type],
        ["sub_type", fields.event_sub_type],
      ]),
    ],
    ["traffic_direction", fields.traffic_direction],
    ["is_reply", fields.is_reply],
    ["node_name", fields.node_name],
    [
      "IP",
      bag([
        ["source", fields.source_ip],
        ["destination", fields.destination_ip],
      ]),
    ],
    [
      "l4",
      protocol === undefined ? undefined : `iff(isempty(tostring(${protocol})), dynamic(null), bag_pack(tostring(${protocol}), ${ports}))`,
    ],
    ["source", end("source")],
    ["destination", end("destination")],
    ["destination_names", dynamic(fields.destination_names)],
    ["egress_denied_by", dynamic(fields.egress_denied_by)],
    ["aggregate", fields.packets === undefined ? undefined : bag([["unknown_direction_flow_count", fields.packets]])],
  ]);
}

function bag(entries: readonly (readonly [string, string | undefined])[]): string {
  const there = entries.flatMap(([name, text]) => (text === undefined ? [] : [`"${name}", ${text}`]));
  return there.length === 0 ? "dynamic({})" : `bag_pack(${there.join(", ")})`;
}

/** An array stays one, its JSON becomes one, and what is neither is none. */
function dynamic(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  return `iff(gettype(parse_json(tostring(${text}))) == "array", parse_json(tostring(${text})), dynamic([]))`;
}

function workloads(text: string | undefined): string | undefined {
  return text === undefined ? undefined : `iff(isempty(${text}), dynamic([]), pack_array(bag_pack("name", ${text})))`;
}

/** The schema lets no quote into a name. */
function quoted(column: string): string {
  return `['${column}']`;
}
