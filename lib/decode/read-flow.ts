/** Reads one flow object (parsed JSON) into the record, as Cilium 1.8 to 1.20 write it, under any field mask. */
import { dropReasonCode, dropReasonName, reasonOf } from "#lib/flows/drop-reasons.ts";
import type { Direction, Endpoint, Flow, LineParts, Protocol } from "#lib/flows/flow.ts";
import { parseTime } from "#lib/flows/flow-time.ts";
import type { RejectReason } from "./decoded.ts";
import { FieldReader, isObject, type JsonObject } from "./json-fields.ts";
import { readDetail, readNodeLabels } from "./read-detail.ts";
import { readPolicies } from "./read-endpoint.ts";

export interface FlowContext {
  /** What stands around the flow (`node_name`, `time`); an empty object for a bare flow. */
  readonly envelope: JsonObject;
  /** Time of the wrapper (CRI head, log shipper), and of the line before. */
  readonly wrapperTime: bigint | undefined;
  readonly fallbackTime: bigint | undefined;
  endpointOf(side: "source" | "destination", object: JsonObject, read: FieldReader): Endpoint;
}

export interface FlowProblem {
  readonly reason: RejectReason;
  readonly problem: string;
}

const PROTOCOLS = ["TCP", "UDP", "SCTP", "ICMPv4", "ICMPv6", "VRRP", "IGMP"] as const satisfies readonly Protocol[];
const VERDICTS: ReadonlyMap<string, string> = new Map(
  ["VERDICT_UNKNOWN", "FORWARDED", "DROPPED", "ERROR", "AUDIT", "REDIRECTED", "TRACED", "TRANSLATED"].map((name, code) => [
    String(code),
    name,
  ]),
);
const EVENT_DROP = 1;

export function readFlow(flow: JsonObject, context: FlowContext, parts: LineParts): Flow | FlowProblem {
  const read = new FieldReader();
  const time = timeOf(flow, context);
  if ("problem" in time) return time;
  const ip = read.object(flow, "IP");
  const l4 = read.object(flow, "l4");
  const protocol = PROTOCOLS.find((name) => isObject(l4[name])) ?? "";
  const transport = read.object(l4, protocol);
  const event = read.object(flow, "event_type");
  const eventType = read.integer(event, "type", 0) || -1;
  const eventSubType = read.integer(event, "sub_type", 0);
  const masked = !("Type" in flow);
  const drop = dropOf(flow, eventType === EVENT_DROP ? eventSubType : 0, masked, read);
  const writtenVerdict = read.name(flow, "verdict") || derivedVerdict(eventType, drop.code, masked);
  const verdict = VERDICTS.get(writtenVerdict) ?? writtenVerdict;
  const direction = directionOf(read.name(flow, "traffic_direction"));
  const record: Flow = {
    time: time.time,
    timeFrom: time.timeFrom,
    uuid: read.text(flow, "uuid"),
    verdict,
    reason: reasonOf({ verdict, dropReason: drop.code, dropReasonName: drop.name, eventType }),
    dropReason: drop.code,
    dropReasonName: drop.name,
    eventType,
    eventSubType,
    direction,
    isReply: read.flag(flow, "is_reply"),
    sourceIp: read.text(ip, "source"),
    destinationIp: read.text(ip, "destination"),
    protocol,
    sourcePort: read.unsigned(transport, "source_port", -1, 65535) || -1,
    destinationPort: read.unsigned(transport, "destination_port", -1, 65535) || -1,
    source: context.endpointOf("source", read.object(flow, "source"), read),
    destination: context.endpointOf("destination", read.object(flow, "destination"), read),
    sourceNames: read.texts(flow, "source_names"),
    destinationNames: read.texts(flow, "destination_names"),
    node: read.text(flow, "node_name") || read.text(context.envelope, "node_name"),
    deniedBy: deniedBy(flow, read),
    policyLog: read.texts(flow, "policy_log"),
    packets: packetsOf(read.object(flow, "aggregate"), direction, read),
    emitterVersion: read.text(read.object(flow, "emitter"), "version"),
    nodeLabels: readNodeLabels(flow.node_labels),
    detail: readDetail(flow),
    parts,
  };
  return read.problem === "" ? record : { reason: "bad-field", problem: read.problem };
}

function timeOf(flow: JsonObject, context: FlowContext): Pick<Flow, "time" | "timeFrom"> | FlowProblem {
  for (const [object, timeFrom] of [[flow, "flow"] as const, [context.envelope, "envelope"] as const]) {
    const value = object.time;
    if (value === undefined || value === null) continue;
    const time = typeof value === "string" ? parseTime(value) : undefined;
    if (time === undefined) return { reason: "bad-field", problem: `time is ${String(value).slice(0, 80)}` };
    return { time, timeFrom };
  }
  if (context.wrapperTime !== undefined) return { time: context.wrapperTime, timeFrom: "wrapper" };
  if (context.fallbackTime !== undefined) return { time: context.fallbackTime, timeFrom: "neighbour" };
  return { reason: "no-time", problem: "neither the flow nor what is around it has a time" };
}

/**
 * Code and name complete each other under a field mask, and `sub_type` of a drop event is the code. A flow that carries `Type`, which every
 * unmasked flow does, keeps an absent name absent: then the agent itself had none, and its own filters would not match one.
 */
function dropOf(flow: JsonObject, subType: number, masked: boolean, read: FieldReader): { code: number; name: string } {
  const number = read.unsigned(flow, "drop_reason", 0);
  const written = nameOfEnum(read.name(flow, "drop_reason_desc"));
  const code = number || dropReasonCode(written) || Math.max(0, subType);
  return { code, name: written || (masked ? dropReasonName(code) : "") };
}

/** A number becomes the name where the table has one; the zero value is absent. */
function nameOfEnum(text: string): string {
  if (text === "DROP_REASON_UNKNOWN") return "";
  return /^\d{1,9}$/.test(text) ? dropReasonName(Number(text)) : text;
}

function derivedVerdict(eventType: number, dropReason: number, masked: boolean): string {
  return masked && (eventType === EVENT_DROP || dropReason !== 0) ? "DROPPED" : "VERDICT_UNKNOWN";
}

function directionOf(text: string): Direction {
  if (text === "EGRESS" || text === "2") return "egress";
  return text === "INGRESS" || text === "1" ? "ingress" : "unknown";
}

function deniedBy(flow: JsonObject, read: FieldReader): Flow["deniedBy"] {
  const egress = readPolicies(flow, "egress_denied_by", read);
  const ingress = readPolicies(flow, "ingress_denied_by", read);
  if (ingress.length === 0) return egress;
  return egress.length === 0 ? ingress : [...egress, ...ingress];
}

/** An aggregated record stands for the flows of its own direction; where that count is missing, for all it counts. */
function packetsOf(aggregate: JsonObject, direction: Direction, read: FieldReader): number {
  const egress = read.unsigned(aggregate, "egress_flow_count", 0);
  const ingress = read.unsigned(aggregate, "ingress_flow_count", 0);
  const unknown = read.unsigned(aggregate, "unknown_direction_flow_count", 0);
  const own = { egress, ingress, unknown }[direction];
  return own || egress + ingress + unknown || 1;
}
