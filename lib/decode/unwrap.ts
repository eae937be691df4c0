/** Finds the flow (or another event, or the agent's own words) inside whatever log tools wrapped around it. */
import { parseTime } from "#lib/flows/flow-time.ts";
import { agentLineOfJson, readAgentLine, unquoted } from "./agent-line.ts";
import { claimsEvent } from "./claims.ts";
import type { AgentLine, Notice, RejectReason } from "./decoded.ts";
import { jsonFault } from "./json-fault.ts";
import { isObject, type JsonObject } from "./json-fields.ts";
import { headOf } from "./line-heads.ts";
import { readNotice } from "./read-notice.ts";

/** Where the flow stood. */
export interface FlowPlace {
  /** The text that the JSON is a part of: the line, or what a text inside it said. */
  readonly text: string;
  readonly isLine: boolean;
  /** Where the JSON begins in it, and the keys down to the flow. */
  readonly start: number;
  readonly keys: readonly string[];
}

export type Unwrapped =
  | {
      readonly is: "flow";
      readonly flow: JsonObject;
      readonly envelope: JsonObject;
      readonly wrapperTime: bigint | undefined;
      readonly at: FlowPlace;
    }
  | { readonly is: "notice"; readonly notice: Notice }
  | { readonly is: "agent"; readonly agent: AgentLine }
  | { readonly is: "reject"; readonly reason: RejectReason; readonly detail: string };

interface Depth {
  readonly texts: number;
  readonly objects: number;
  readonly text: string;
  readonly keys: readonly string[];
  readonly start: number;
  readonly time: bigint | undefined;
}

const TEXTS_MAX = 3;
const OBJECTS_MAX = 4;
const VALUES_MAX = 64;
const TEXT_KEYS = ["log", "message", "msg", "LogMessage", "flow"];
const TIME_KEYS = ["time", "timestamp", "@timestamp", "ts", "TimeGenerated", "_time", "date"];
const FLOW_KEYS = ["verdict", "IP", "l4", "event_type", "traffic_direction", "drop_reason_desc", "drop_reason"];
const OTHER_FLOW_KEYS = ["time", "uuid", "source", "destination", "Type", "node_name", "ethernet", "Summary", "is_reply", "emitter"];

/** `text` is a whole logical line as Unicode. */
export function unwrap(text: string): Unwrapped {
  return unwrapText(text, { texts: 0, objects: 0, text, keys: [], start: 0, time: undefined });
}

function unwrapText(text: string, depth: Depth): Unwrapped {
  const head = headOf(text);
  const time = head.timeText === "" ? depth.time : parseTime(head.timeText);
  const body = head.end === 0 ? text : text.slice(head.end);
  const inner = { ...depth, start: depth.start + head.end, time };
  if (/^\s{0,64}[{]/.test(body)) return unwrapJson(body, inner) ?? unreadable(body, time);
  if (!claimsEvent(body)) return { is: "agent", agent: readAgentLine(body, time) };
  return unwrapQuoted(body, inner) ?? unwrapAfterWords(body, inner) ?? unreadable(body, time);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unwrapJson(text: string, depth: Depth): Unwrapped | undefined {
  const value = parsed(text);
  return isObject(value) ? unwrapObject(value, text, depth) : undefined;
}

function unreadable(text: string, time: bigint | undefined): Unwrapped {
  return claimsEvent(text) ? { is: "reject", ...jsonFault(text) } : { is: "agent", agent: readAgentLine(text, time) };
}

/** logfmt whose quoted value holds the JSON: `msg="{\"flow\":…"`. */
function unwrapQuoted(text: string, depth: Depth): Unwrapped | undefined {
  const brace = text.search(/[{]\s{0,8}\\"/);
  const open = brace < 0 ? -1 : text.lastIndexOf('="', brace);
  if (open < 0 || depth.texts >= TEXTS_MAX) return undefined;
  const close = quoteEnd(text, open + 1);
  if (close < 0) return { is: "reject", reason: "cut", detail: "the quoted flow has no end" };
  const content = unquoted(text.slice(open + 1, close + 1)).trim();
  if (!claimsEvent(content)) return undefined;
  const words = readAgentLine(text, depth.time);
  return unwrapText(content, { ...depth, texts: depth.texts + 1, text: content, keys: [], start: 0, time: words.time });
}

/** Position of the quote that closes the one at `open`, -1 when there is none. */
function quoteEnd(text: string, open: number): number {
  for (let at = open + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x5c) at++;
    else if (code === 0x22) return at;
  }
  return -1;
}

/** A head nobody announced (syslog, a pod name, `agent-1  | `) before JSON that lasts to the end of the line. */
function unwrapAfterWords(text: string, depth: Depth): Unwrapped | undefined {
  const start = text.indexOf("{");
  if (start < 0) return undefined;
  const found = unwrapJson(text.slice(start), { ...depth, start: depth.start + start });
  return found?.is === "agent" ? undefined : found;
}

function unwrapObject(object: JsonObject, text: string, depth: Depth): Unwrapped {
  const { flow } = object;
  const agent = agentLineOfJson(object, text, depth.time);
  if (isObject(flow) && (!agent || isBareFlow(flow))) return flowIn(flow, object, depth);
  const notice = agent ? undefined : readNotice(object, depth.time);
  if (notice) return { is: "notice", notice };
  if (!agent && isBareFlow(object)) return foundFlow(object, {}, depth);
  const wrapped = unwrapValues(object, depth);
  if (wrapped && wrapped.is !== "agent") return wrapped;
  if (agent) return { is: "agent", agent };
  if ("flow" in object) return { is: "reject", reason: "not-a-flow", detail: "flow is no object" };
  return wrapped ?? { is: "agent", agent: { time: depth.time, level: "", message: "", text: text.slice(0, 16_384) } };
}

function flowIn(flow: JsonObject, envelope: JsonObject, depth: Depth): Unwrapped {
  const empty = Object.keys(flow).length === 0;
  const known = empty || [...FLOW_KEYS, ...OTHER_FLOW_KEYS, "destination_names", "aggregate"].some((key) => key in flow);
  if (!known) return { is: "reject", reason: "not-a-flow", detail: "flow has none of a flow's fields" };
  return foundFlow(flow, envelope, { ...depth, keys: [...depth.keys, "flow"] });
}

function foundFlow(flow: JsonObject, envelope: JsonObject, depth: Depth): Unwrapped {
  const at = { text: depth.text, isLine: depth.texts === 0, start: depth.start, keys: depth.keys };
  return { is: "flow", flow, envelope, wrapperTime: depth.time, at };
}

/** Without the envelope only the keys tell: one that nothing but a flow has, and another one of a flow. */
function isBareFlow(object: JsonObject): boolean {
  const own = FLOW_KEYS.filter((key) => key in object).length;
  return own > 0 && own + OTHER_FLOW_KEYS.filter((key) => key in object).length > 1;
}

/** Looks for the flow in the values: those with a usual name first, then the others. */
function unwrapValues(object: JsonObject, depth: Depth): Unwrapped | undefined {
  const time = timeIn(object) ?? depth.time;
  const keys = depth.keys;
  const names = Object.keys(object).slice(0, VALUES_MAX);
  names.sort((a, b) => Number(TEXT_KEYS.includes(b)) - Number(TEXT_KEYS.includes(a)));
  let words: Unwrapped | undefined;
  for (const name of names) {
    const value = object[name];
    const found = isObject(value)
      ? unwrapNested(value, { ...depth, time, keys: [...keys, name] })
      : typeof value === "string"
        ? unwrapString(value, name, { ...depth, time })
        : undefined;
    if (found && found.is !== "agent") return found;
    words ??= found;
  }
  return words;
}

function unwrapNested(object: JsonObject, depth: Depth): Unwrapped | undefined {
  if (depth.objects >= OBJECTS_MAX) return undefined;
  const found = unwrapObject(object, "", { ...depth, objects: depth.objects + 1 });
  return found.is === "agent" && found.agent.text === "" ? undefined : found;
}

function unwrapString(text: string, name: string, depth: Depth): Unwrapped | undefined {
  const trimmed = text.trimEnd();
  if (depth.texts >= TEXTS_MAX || (!TEXT_KEYS.includes(name) && !claimsEvent(trimmed))) return undefined;
  return unwrapText(trimmed, { ...depth, texts: depth.texts + 1, text: trimmed, keys: [], start: 0 });
}

function timeIn(object: JsonObject): bigint | undefined {
  for (const key of TIME_KEYS) {
    const value = object[key];
    const time = typeof value === "string" ? parseTime(value) : undefined;
    if (time !== undefined) return time;
  }
  return undefined;
}
