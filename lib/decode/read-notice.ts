/** Reads Hubble's events that are no flows: lost events, agent and debug events, node status and server status. */
import { parseTime } from "#lib/flows/flow-time.ts";
import type { Notice, NoticeKind } from "./decoded.ts";
import { eventTypeNumber } from "./event-types.ts";
import { isObject, type JsonObject } from "./json-fields.ts";

const KINDS = ["lost_events", "agent_event", "debug_event", "node_status"] as const satisfies readonly NoticeKind[];

/** Undefined when the object is no such event. The answer of `hubble status` (`num_flows`, `max_flows`) counts as node status. */
export function readNotice(object: JsonObject, headTime: bigint | undefined): Notice | undefined {
  const kind = KINDS.find((name) => isObject(object[name])) ?? (isServerStatus(object) ? "node_status" : undefined);
  if (kind === undefined) return undefined;
  const { node_name: node, time } = object;
  const event = object[kind];
  return {
    kind,
    time: (typeof time === "string" ? parseTime(time) : undefined) ?? headTime,
    node: typeof node === "string" ? node : "",
    type: (kind === "agent_event" || kind === "debug_event") && isObject(event) ? eventTypeNumber(event.type) : 0,
    lost: kind === "lost_events" && isObject(event) ? countOf(event.num_events_lost) : 0,
    lostAt: kind === "lost_events" && isObject(event) ? sourceOf(event.source) : "",
  };
}

function isServerStatus(object: JsonObject): boolean {
  return "num_flows" in object && "max_flows" in object;
}

function countOf(value: unknown): number {
  const count = Number(value);
  return Number.isSafeInteger(count) && count > 0 ? count : 0;
}

/** An open enum: a name, a number this API version has no name for, or absent (the zero value). */
function sourceOf(value: unknown): string {
  if (typeof value === "string") return value;
  return typeof value === "number" ? String(value) : "UNKNOWN_LOST_EVENT_SOURCE";
}
