/** The tables that flows land in, and what Fluent Bit makes of a line in each: every variant it is known to write, in turn. */
import type { FlowShape } from "#lib/stores/adx/adx-settings.ts";
import { FLOW_COLUMNS } from "#lib/stores/adx/flow-columns.ts";
import { rawRows, TYPED_TABLE } from "#lib/stores/adx/table-rows.ts";
import type { Value } from "./kql-values.ts";
import { createKustoDatabase, type KustoDatabase } from "./kusto-database.ts";

const FLOW_COLUMN_NAMES = Object.entries(FLOW_COLUMNS);

/** `(a:long, b:string)`, as the commands in deploy/adx declare them. */
export const HUBBLE_TABLES: ReadonlyMap<string, string> = new Map([
  [TYPED_TABLE, `(${FLOW_COLUMN_NAMES.map(([name, type]) => `${name}:${type}`).join(", ")})`],
  [
    "ContainerLogs",
    "(TimeGenerated:datetime, Region:string, Cluster:string, Environment:string, Computer:string, PodNamespace:string, PodName:string, ContainerName:string, LogSource:string, LogMessage:dynamic)",
  ],
  ["FluentBitLogs", "(log:dynamic, tag:string, timestamp:datetime)"],
  [
    "ContainerLogV2",
    "(TimeGenerated:datetime, Computer:string, ContainerId:string, ContainerName:string, PodName:string, PodNamespace:string, LogMessage:dynamic, LogSource:string, LogLevel:string, KubernetesMetadata:dynamic, _ResourceId:string)",
  ],
  [
    "ContainerNetworkLogs",
    "(TimeGenerated:datetime, Verdict:string, DropReason:string, TrafficDirection:string, FlowType:string, Reply:bool, UUID:string, NodeName:string, IP:dynamic, Layer4:dynamic, Layer7:dynamic, EventType:dynamic, Policies:dynamic, Service:dynamic, AdditionalFlowData:dynamic, SourceNamespace:string, SourcePodName:string, SourceWorkloads:dynamic, SourceIdentity:int, SourceClusterName:string, DestinationNamespace:string, DestinationPodName:string, DestinationWorkloads:dynamic, DestinationIdentity:int, DestinationClusterName:string, IngressFlowCount:int, EgressFlowCount:int, UnknownDirectionFlowCount:int, TraceObservationPoint:string, _ResourceId:string)",
  ],
  [
    "MyDrops",
    "(At:datetime, Kind:string, Verdict:string, Why:string, Ns:string, Pod:string, App:string, ToIp:string, ToPort:string, FromIp:string, FromPort:string, L4:string, ToLabels:dynamic, Host:string)",
  ],
]);

export function createHubbleDatabase(now: () => number): KustoDatabase {
  return createKustoDatabase({ name: "Kubernetes", declared: { tables: HUBBLE_TABLES, functions: new Map() }, now });
}

export interface LoggedLine {
  readonly text: string;
  /** When the container runtime wrote it, RFC 3339 with milliseconds. */
  readonly loggedAt: string;
}

type StoredRow = Readonly<Record<string, Value>>;

/** Flow lines and other lines of the agent, as a shipper stores them. The typed table is filled as its update policy fills it. */
export function ingestLines(database: KustoDatabase, shape: FlowShape, lines: readonly LoggedLine[]): void {
  if (shape !== "typed") {
    database.insert(TABLES[shape], storedRows(shape, lines));
    return;
  }
  database.insert("ContainerLogs", lines.map(ROWS["container-logs"]));
  const columns = FLOW_COLUMN_NAMES.map(([name]) => name);
  const [read] = database.query(rawRows("container-logs", Object.keys(FLOW_COLUMNS).filter(isColumn)), {});
  database.insert(
    TYPED_TABLE,
    (read?.rows ?? []).map((row) => Object.fromEntries(columns.map((name, index) => [name, row[index] ?? null]))),
  );
  database.clear("ContainerLogs");
}

/** Lines as a shipper stores them in a table of this shape. */
export function storedRows(shape: Exclude<FlowShape, "typed">, lines: readonly LoggedLine[]): readonly StoredRow[] {
  return lines.map(ROWS[shape]);
}

function isColumn(name: string): name is keyof typeof FLOW_COLUMNS {
  return Object.hasOwn(FLOW_COLUMNS, name);
}

const TABLES: { readonly [S in Exclude<FlowShape, "typed">]: string } = {
  "container-logs": "ContainerLogs",
  "fluent-bit": "FluentBitLogs",
  "container-log-v2": "ContainerLogV2",
};

const ROWS: { readonly [S in Exclude<FlowShape, "typed">]: (line: LoggedLine, index: number) => StoredRow } = {
  "container-logs": ({ text, loggedAt }, index) => ({
    TimeGenerated: loggedAt,
    Cluster: "aks-1",
    PodNamespace: "kube-system",
    ContainerName: "cilium-agent",
    LogMessage: [text, jsonIn(text), flowAsText(text)][index % 3] ?? text,
  }),
  // Merge_Log with and without a key, and the two fields in which a line stays a text
  "fluent-bit": ({ text, loggedAt }, index) => {
    const json = jsonIn(text);
    const whole = typeof json === "object" && json !== null ? json : {};
    const kubernetes = { container_name: "cilium-agent", namespace_name: "kube-system" };
    const log: readonly Value[] = [
      { ...whole, log: text, kubernetes },
      { ...whole, kubernetes },
      { log: text, log_processed: json, kubernetes },
      { log: text, kubernetes },
      { message: text, kubernetes },
    ];
    return { timestamp: loggedAt, tag: "kube.cilium", log: log[index % log.length] ?? null };
  },
  "container-log-v2": ({ text, loggedAt }, index) => ({
    TimeGenerated: loggedAt,
    ContainerName: "cilium-agent",
    PodNamespace: "kube-system",
    LogMessage: index % 2 === 0 ? text : jsonIn(text),
    _ResourceId: "/subscriptions/s/resourcegroups/r/providers/microsoft.containerservice/managedclusters/aks-1",
  }),
};

/** A shipper that parses a line stores what it says, else the line. */
function jsonIn(text: string): Value {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** `{"flow": "{…}"}`: a shipper that made a text of the inner object. */
function flowAsText(text: string): Value {
  const json = jsonIn(text);
  if (typeof json !== "object" || json === null || Array.isArray(json)) return text;
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, key === "flow" ? JSON.stringify(value) : value]));
}
