/** One message of GetFlows → the line that an exporter would have written for it, and what the feed has to know of it. */
import { createHash } from "node:crypto";
import type { Reject } from "#lib/decode/decoded.ts";
import { latin1Of } from "#lib/decode/line-text.ts";
import { parseTime } from "#lib/flows/flow-time.ts";
import { isJsonObject, type JsonObject } from "./json-object.ts";
import { decodeMessage, OBSERVER_CALLS } from "./observer-api.ts";

/** Relay's word on some of its nodes. */
export interface NodesState {
  /** As Cilium names it, or a number that it has no name for here. */
  readonly state: string;
  readonly nodes: readonly string[];
  readonly message: string;
}

export interface RelayMessage {
  readonly is: "flow" | "nodes" | "lost" | "other";
  /** Latin1 code units, as decoders take it. */
  readonly line: string;
  /** As the flow names it, with its cluster; empty = none. */
  readonly node: string;
  /** Nanoseconds since 1970; undefined = the message tells none. */
  readonly time: bigint | undefined;
  /** For flows and lost events: the same one has the same, another one another. */
  readonly id: string;
  readonly hasUuid: boolean;
  /** For `nodes`. */
  readonly nodes: NodesState | undefined;
}

export type ReadMessage = RelayMessage | { readonly is: "unreadable"; readonly reject: Reject };

const SAMPLE_BYTES = 400;

/** Never throws. */
export function readRelayMessage(bytes: Uint8Array): ReadMessage {
  try {
    const value = decodeMessage(OBSERVER_CALLS.GetFlows.response, bytes);
    const line = latin1Of(JSON.stringify(value));
    return { line, ...factsOf(isJsonObject(value) ? value : {}, line) };
  } catch (error) {
    return { is: "unreadable", reject: unreadable(bytes, error) };
  }
}

function factsOf(value: JsonObject, line: string): Omit<RelayMessage, "line"> {
  const { flow, node_status: status, lost_events: lost } = value;
  const base = { node: textOf(value.node_name), time: timeOf(value.time), id: "", hasUuid: false, nodes: undefined };
  if (isJsonObject(flow)) {
    const uuid = textOf(flow.uuid);
    const time = timeOf(flow.time) ?? base.time;
    const node = textOf(flow.node_name) || base.node;
    return { ...base, is: "flow", node, time, id: uuid === "" ? hashOf(line) : uuid, hasUuid: uuid !== "" };
  }
  if (isJsonObject(status)) return { ...base, is: "nodes", nodes: nodesOf(status) };
  return isJsonObject(lost) ? { ...base, is: "lost", id: hashOf(line) } : { ...base, is: "other" };
}

function nodesOf(status: JsonObject): NodesState {
  const { state_change: state, node_names: names, message } = status;
  return {
    state: typeof state === "string" ? state : typeof state === "number" ? String(state) : "UNKNOWN_NODE_STATE",
    nodes: Array.isArray(names) ? names.filter((name) => typeof name === "string") : [],
    message: textOf(message),
  };
}

function unreadable(bytes: Uint8Array, error: unknown): Reject {
  const beginning = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, SAMPLE_BYTES));
  const why = error instanceof Error ? error.message : String(error);
  return {
    reason: "bad-field",
    detail: `a message of ${bytes.length} bytes: ${why}`.slice(0, 300),
    sample: beginning.toString("utf8"),
  };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function timeOf(value: unknown): bigint | undefined {
  return typeof value === "string" ? parseTime(value) : undefined;
}

function hashOf(line: string): string {
  return createHash("sha1").update(line, "latin1").digest("base64url").slice(0, 16);
}
