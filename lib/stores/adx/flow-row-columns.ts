/** A flow's row, out of columns asked for in one order. */
import { z } from "zod";
import { FieldReader } from "#lib/decode/json-fields.ts";
import { readPolicies } from "#lib/decode/read-endpoint.ts";
import { DESTINATION_GROUP_KINDS } from "#lib/flows/destination.ts";
import { policyName } from "#lib/flows/dimension.ts";
import type { Policy } from "#lib/flows/flow.ts";
import { REASONS } from "#lib/flows/reason.ts";
import type { FlowRow } from "#lib/questions/answer.ts";
import { countSchema, parsed, textSchema, textsSchema, timeTextSchema } from "./kusto-time.ts";

/** What follows `project`. */
export const ROW_PROJECTION = [
  "Id",
  "Timestamp",
  "Pod",
  "SourceNamespace",
  "SourcePod",
  "Workload",
  "WorkloadKind = tostring(SourceWorkloads[0].kind)",
  "SourceIp",
  "SourcePort",
  "DestinationIp",
  "DestinationPort",
  "Protocol",
  "GroupTexts = tostring(Groups)",
  "GroupKind",
  "NameTexts = tostring(DestinationNames)",
  "Reason",
  "Verdict",
  "DropReason",
  "DropReasonName",
  "PolicyTexts = tostring(DeniedBy)",
  "Node",
  "Packets",
  "EventType",
].join(", ");

const portSchema = z
  .number()
  .nullable()
  .transform((port) => (port === null || port < 0 ? null : port));

/** The denying policies of a flow, as lib/decode reads them. */
export const policiesSchema = textSchema.transform((text): readonly Policy[] =>
  readPolicies({ list: parsed(text) }, "list", new FieldReader()),
);

export const rowSchemas = [
  z.string(),
  timeTextSchema,
  textSchema,
  textSchema,
  textSchema,
  textSchema,
  textSchema,
  textSchema,
  portSchema,
  textSchema,
  portSchema,
  textSchema,
  textsSchema,
  z.enum(DESTINATION_GROUP_KINDS),
  textsSchema,
  z.enum(REASONS),
  textSchema,
  countSchema,
  textSchema,
  policiesSchema,
  textSchema,
  countSchema,
  z.number(),
] as const;

export const rowTupleSchema = z.tuple(rowSchemas);

export function flowRow(columns: z.infer<typeof rowTupleSchema>): FlowRow {
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
