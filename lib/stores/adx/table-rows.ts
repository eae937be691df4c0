/** The rows of a table as flows: what to read of each shape of table before its lines are taken apart. */
import type { AdxSettings, TableShape } from "./adx-settings.ts";
import { FLOW_COLUMNS, type FlowColumn } from "./flow-columns.ts";
import { dictionariesOf, flowFromJson } from "./flow-from-json.ts";

export type TableSettings = Pick<AdxSettings, "shape" | "table">;

interface RawShape {
  readonly table: string;
  readonly timeColumn: string;
  /** Cheap tests on stored columns, before any JSON is read. */
  readonly where: string;
  /** `TableTime`, `Line` and `Root`, the object that holds `flow`. */
  readonly read: string;
}

/** Our own columns, filled by an update policy: deploy/adx has the commands. */
export const TYPED_TABLE = "HubbleEgressDrops";

const RAW_SHAPES: { readonly [S in Exclude<TableShape, "typed">]: RawShape } = {
  "container-logs": {
    table: "ContainerLogs",
    timeColumn: "TimeGenerated",
    where: `ContainerName == "cilium-agent" and LogMessage has_cs "flow"`,
    read: `| project TableTime = TimeGenerated, Line = tostring(LogMessage)
| extend Root = parse_json(Line)`,
  },
  "fluent-bit": {
    table: "FluentBitLogs",
    timeColumn: "timestamp",
    where: `log has_cs "flow"`,
    read: `| project TableTime = timestamp, Log = log, Text = coalesce(tostring(log.log), tostring(log.message))
| extend Root = case(isnotnull(Log.flow), Log, isnotnull(Log.log_processed.flow), Log.log_processed, parse_json(Text))
| extend Line = iff(Text has_cs "flow", Text, tostring(Root))`,
  },
  "container-log-v2": {
    table: "ContainerLogV2",
    timeColumn: "TimeGenerated",
    where: `ContainerName == "cilium-agent" and LogMessage has_cs "flow"`,
    read: `| project TableTime = TimeGenerated, Line = tostring(LogMessage)
| extend Root = parse_json(Line)`,
  },
};

export function tableOf({ shape, table }: TableSettings): string {
  if (table !== "") return table;
  return shape === "typed" ? TYPED_TABLE : RAW_SHAPES[shape].table;
}

/** The column of the table's own time. */
export function timeColumnOf({ shape }: TableSettings): string {
  return shape === "typed" ? "Timestamp" : RAW_SHAPES[shape].timeColumn;
}

/** The stored columns that a shape reads; Kusto's types. */
export function columnsNeeded({ shape }: Pick<TableSettings, "shape">): Readonly<Record<string, string>> {
  if (shape === "typed") return FLOW_COLUMNS;
  if (shape === "fluent-bit") return { timestamp: "datetime", log: "dynamic" };
  return { TimeGenerated: "datetime", ContainerName: "string", LogMessage: "dynamic" };
}

/** Rows of agents, of lines that speak of a flow, and of flows that could be read, as three counts after `where` on the table's time. */
export function decodingCounts(settings: TableSettings): string {
  if (settings.shape === "typed") return "| summarize Agents = count(), Claims = count(), Flows = countif(isnotempty(Id))";
  const { where, read } = RAW_SHAPES[settings.shape];
  const isAgent = settings.shape === "fluent-bit" ? "true" : `ContainerName == "cilium-agent"`;
  const flow = `iff(gettype(Root.flow) == "string", parse_json(tostring(Root.flow)), Root.flow)`;
  return `| where ${isAgent}
| extend IsClaim = ${where}
${read.replace(/\| project /, "| project IsClaim, ")}
| summarize Agents = count(), Claims = countif(IsClaim), Flows = countif(IsClaim and gettype(${flow}) == "dictionary")`;
}

/** Reads the flow out of `Root`: an object, or its JSON as text. What holds no flow is left out. */
export const FLOW_OF_ROOT = `| extend Flow = iff(gettype(Root.flow) == "string", parse_json(tostring(Root.flow)), Root.flow)
| where gettype(Flow) == "dictionary"`;

/**
 * Rows of flows with these columns, in `[_low, _high)` of flow time. A line is logged after its flow, and shipped later: the table's time is
 * read five minutes further.
 */
export function tableRows(settings: TableSettings, columns: readonly FlowColumn[]): string {
  const kept: readonly FlowColumn[] = columns.includes("Timestamp") ? columns : ["Timestamp", ...columns];
  const inTime = "| where Timestamp >= _low and Timestamp < _high";
  if (settings.shape === "typed") return `['${tableOf(settings)}']\n${inTime}\n| project ${kept.join(", ")}`;
  const { timeColumn, where, read } = RAW_SHAPES[settings.shape];
  return [
    `['${tableOf(settings)}']`,
    `| where ${timeColumn} >= _low and ${timeColumn} < _high + 5m`,
    `| where ${where}`,
    read,
    FLOW_OF_ROOT,
    flowFromJson(kept),
    inTime,
  ].join("\n");
}

/** Of a raw shape: from stored row to flow, without bounds of time, for an update policy. */
export function rawRows(shape: Exclude<TableShape, "typed">, columns: readonly FlowColumn[]): string {
  const { table, where, read } = RAW_SHAPES[shape];
  const steps = flowFromJson(columns);
  return [`${dictionariesOf(steps)}${table}`, `| where ${where}`, read, FLOW_OF_ROOT, steps].join("\n");
}
