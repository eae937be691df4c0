/** The rows of a table as flows: what to read of each shape of table before its lines are taken apart. */
import type { AdxSettings, FlowShape } from "./adx-settings.ts";
import { FLOW_COLUMNS, type FlowColumn } from "./flow-columns.ts";
import { dictionariesOf, flowFromJson } from "./flow-from-json.ts";
import { attemptOf, customTable, type MappedTable, NETWORK_LOGS, readMapped } from "./mapped-rows.ts";

export type TableSettings = Pick<AdxSettings, "shape" | "table" | "mapping">;

interface RawShape {
  readonly table: string;
  readonly timeColumn: string;
  /** The column that holds the line, for tests of its words; undefined = no column does. */
  readonly line: string | undefined;
  /** Cheap tests on stored columns, before any JSON is read. */
  readonly where: string;
  /** `TableTime`, `Line` and `Root`, the object that holds `flow`. */
  readonly read: string;
}

/** Our own columns, filled by an update policy: deploy/adx has the commands. */
export const TYPED_TABLE = "HubbleEgressDrops";

const RAW_SHAPES: { readonly [S in Exclude<FlowShape, "typed">]: RawShape } = {
  "container-logs": {
    table: "ContainerLogs",
    line: "LogMessage",
    timeColumn: "TimeGenerated",
    where: `ContainerName == "cilium-agent" and LogMessage has_cs "flow"`,
    read: `| project TableTime = TimeGenerated, Line = tostring(LogMessage)
| extend Root = parse_json(Line)`,
  },
  "fluent-bit": {
    table: "FluentBitLogs",
    line: "log",
    timeColumn: "timestamp",
    where: `log has_cs "flow"`,
    read: `| project TableTime = timestamp, Log = log, Text = coalesce(tostring(log.log), tostring(log.message))
| extend Root = case(isnotnull(Log.flow), Log, isnotnull(Log.log_processed.flow), Log.log_processed, parse_json(Text))
| extend Line = iff(Text has_cs "flow", Text, tostring(Root))`,
  },
  "container-log-v2": {
    table: "ContainerLogV2",
    line: "LogMessage",
    timeColumn: "TimeGenerated",
    where: `ContainerName == "cilium-agent" and LogMessage has_cs "flow"`,
    read: `| project TableTime = TimeGenerated, Line = tostring(LogMessage)
| extend Root = parse_json(Line)`,
  },
};

/** Undefined where the table holds every flow whole, or its line. */
export function mappedTable({ shape, mapping }: TableSettings): MappedTable | undefined {
  if (shape === "container-network-logs") return NETWORK_LOGS;
  if (shape !== "custom") return undefined;
  if (mapping === undefined) throw new Error("a custom table has a mapping: the configuration refuses it without one");
  return customTable(mapping);
}

/** Undefined = our own columns. */
function rawShape(settings: TableSettings): RawShape | undefined {
  const { shape } = settings;
  if (shape === "typed") return undefined;
  if (shape !== "container-network-logs" && shape !== "custom") return RAW_SHAPES[shape];
  const mapped = mappedTable(settings);
  return mapped && { ...mapped, read: readMapped(mapped), line: undefined };
}

export function tableOf(settings: TableSettings): string {
  if (settings.table !== "") return settings.table;
  return rawShape(settings)?.table ?? TYPED_TABLE;
}

/** The column of the table's own time. */
export function timeColumnOf(settings: TableSettings): string {
  return rawShape(settings)?.timeColumn ?? "Timestamp";
}

/** The stored columns that a shape reads; Kusto's types, an empty one = any. */
export function columnsNeeded(settings: TableSettings): Readonly<Record<string, string>> {
  const { shape } = settings;
  const mapped = mappedTable(settings);
  if (mapped !== undefined) return mapped.columns;
  if (shape === "typed") return FLOW_COLUMNS;
  if (shape === "fluent-bit") return { timestamp: "datetime", log: "dynamic" };
  return { TimeGenerated: "datetime", ContainerName: "string", LogMessage: "dynamic" };
}

/** Rows of agents, of lines that speak of a flow, and of flows that could be read, as three counts after `where` on the table's time. */
export function decodingCounts(settings: TableSettings): string {
  const raw = rawShape(settings);
  if (raw === undefined) return "| summarize Agents = count(), Claims = count(), Flows = countif(isnotempty(Id))";
  const { where, read } = raw;
  const isAgent = settings.shape === "container-logs" || settings.shape === "container-log-v2" ? `ContainerName == "cilium-agent"` : "true";
  const flow = `iff(gettype(Root.flow) == "string", parse_json(tostring(Root.flow)), Root.flow)`;
  return `| where ${isAgent}
| extend IsClaim = ${where}
${read.replace(/\| project /, "| project IsClaim, ")}
| summarize Agents = count(), Claims = countif(IsClaim), Flows = countif(IsClaim and gettype(${flow}) == "dictionary")`;
}

/** A test of the words of a line, over the column that holds it. */
export type LineTest = (line: string) => string;

/** Reads the flow out of `Root`: an object, or its JSON as text. What holds no flow is left out. */
export const FLOW_OF_ROOT = `| extend Flow = iff(gettype(Root.flow) == "string", parse_json(tostring(Root.flow)), Root.flow)
| where gettype(Flow) == "dictionary"`;

/**
 * Rows of flows with these columns, in `[_low, _high)` of flow time. A line is logged after its flow, and shipped later: the table's time is
 * read five minutes further. `terms` are tests of the line's words: no JSON is read of rows that fail them.
 */
export function tableRows(settings: TableSettings, columns: readonly FlowColumn[], terms: readonly LineTest[] = []): string {
  const kept: readonly FlowColumn[] = columns.includes("Timestamp") ? columns : ["Timestamp", ...columns];
  const inTime = "| where Timestamp >= _low and Timestamp < _high";
  const raw = rawShape(settings);
  if (raw === undefined) return `['${tableOf(settings)}']\n${inTime}\n| project ${kept.join(", ")}`;
  const { timeColumn, where, read, line } = raw;
  const mapped = mappedTable(settings);
  const attempt = mapped && attemptOf(mapped);
  return [
    `['${tableOf(settings)}']`,
    `| where ${timeColumn} >= _low and ${timeColumn} < _high + 5m`,
    `| where ${where}`,
    ...(line === undefined ? [] : terms.map((test) => `| where ${test(line)}`)),
    read,
    FLOW_OF_ROOT,
    flowFromJson(kept, attempt === undefined ? {} : { Attempt: attempt }),
    inTime,
  ].join("\n");
}

/** Of a raw shape: from stored row to flow, without bounds of time, for an update policy. */
export function rawRows(shape: Exclude<FlowShape, "typed">, columns: readonly FlowColumn[], table = RAW_SHAPES[shape].table): string {
  const { where, read } = RAW_SHAPES[shape];
  const steps = flowFromJson(columns);
  return [`${dictionariesOf(steps)}${table}`, `| where ${where}`, read, FLOW_OF_ROOT, steps].join("\n");
}
