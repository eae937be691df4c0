/** A flow's row, out of columns asked for in one order. */
import { FieldReader } from "#lib/decode/json-fields.ts";
import { readPolicies } from "#lib/decode/read-endpoint.ts";
import { DESTINATION_GROUP_KINDS } from "#lib/flows/destination.ts";
import { policyName } from "#lib/flows/dimension.ts";
import type { Policy } from "#lib/flows/flow.ts";
import { REASONS } from "#lib/flows/reason.ts";
import type { FlowRow } from "#lib/questions/answer.ts";
import { parsed } from "./kusto-time.ts";
import { type Cell, COUNT, oneOf, type RowOf, rowShape, TEXT, TEXTS, TIME_TEXT, UNREADABLE } from "./row-shape.ts";

/** The denying policies of a flow, as lib/decode reads them. */
export const POLICIES: Cell<readonly Policy[]> = {
  type: "string",
  read: (value) => {
    if (typeof value !== "string") return value === null ? [] : UNREADABLE;
    return value === "" || value === "[]" ? [] : readPolicies({ list: parsed(value) }, "list", new FieldReader());
  },
};
const NUMBER: Cell<number> = { type: "int", read: (value) => (typeof value === "number" ? value : UNREADABLE) };
const PORT: Cell<number | null> = {
  type: "int",
  read: (value) => (typeof value === "number" ? (value < 0 ? null : value) : value === null ? null : UNREADABLE),
};

export const FLOW_ROW = rowShape(
  ["Id", TEXT],
  ["Timestamp", TIME_TEXT],
  ["Pod", TEXT],
  ["SourceNamespace", TEXT],
  ["SourcePod", TEXT],
  ["Workload", TEXT],
  ["WorkloadKind", TEXT],
  ["SourceIp", TEXT],
  ["SourcePort", PORT],
  ["DestinationIp", TEXT],
  ["DestinationPort", PORT],
  ["Protocol", TEXT],
  ["GroupTexts", TEXTS],
  ["GroupKind", oneOf(DESTINATION_GROUP_KINDS)],
  ["NameTexts", TEXTS],
  ["Reason", oneOf(REASONS)],
  ["Verdict", TEXT],
  ["DropReason", COUNT],
  ["DropReasonName", TEXT],
  ["PolicyTexts", POLICIES],
  ["Node", TEXT],
  ["Packets", COUNT],
  ["EventType", NUMBER],
);

/** Columns that are made of others on the way. */
const MADE: ReadonlyMap<string, string> = new Map([
  ["WorkloadKind", "tostring(SourceWorkloads[0].kind)"],
  ["GroupTexts", "tostring(Groups)"],
  ["NameTexts", "tostring(DestinationNames)"],
  ["PolicyTexts", "tostring(DeniedBy)"],
]);

/** What follows `project`. */
export const ROW_PROJECTION = FLOW_ROW.columns.map(([name]) => (MADE.has(name) ? `${name} = ${MADE.get(name)}` : name)).join(", ");

export function flowRow(columns: RowOf<typeof FLOW_ROW>): FlowRow {
  const [id, time, pod, namespace, podName, workload, workloadKind, sourceIp, sourcePort, destinationIp, destinationPort, ...rest] =
    columns;
  const [protocol, groups, groupKind, names, reason, verdict, dropReason, dropReasonName, policies, node, packets, eventType] = rest;
  return {
    id,
    time,
    pod,
    namespace,
    podName,
    workload,
    workloadKind,
    sourceIp,
    sourcePort,
    destinationIp,
    destinationPort,
    protocol,
    group: groups[0] ?? "",
    groupKind,
    alsoIn: groups.slice(1),
    names,
    reason,
    verdict,
    dropReason,
    dropReasonName,
    policies: policies.map(policyName),
    node,
    packets,
    eventType,
  };
}
