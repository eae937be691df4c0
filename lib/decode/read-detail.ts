/** Reads the seldom parts of a flow. Leniently: what is not what it should be counts as absent, for none of it decides whether a line is a flow. */
import {
  type FlowDetail,
  type HttpRecord,
  type L7Record,
  NO_DETAIL,
  type ServiceName,
  TCP_FLAGS,
  type TcpFlag,
} from "#lib/flows/flow-detail.ts";
import { FieldReader, isObject, type JsonObject } from "./json-fields.ts";

/** Keys whose values vary from line to line of one shape: these are read from holes. `source_xlated` stands inside `IP`. */
export const DETAIL_KEYS = [
  "interface",
  "source_service",
  "destination_service",
  "l7",
  "trace_context",
  "ip_trace_id",
  "source_xlated",
] as const;
export type DetailKey = (typeof DETAIL_KEYS)[number];

const KEYS: ReadonlySet<string> = new Set(DETAIL_KEYS);
const NO_TEXTS: readonly string[] = [];

export function isDetailKey(key: string): key is DetailKey {
  return KEYS.has(key);
}

export function readDetail(flow: JsonObject): FlowDetail {
  const read = new FieldReader();
  const ip = read.object(flow, "IP");
  const flags = read.object(read.object(flow, "l4"), "TCP").flags;
  return {
    ...NO_DETAIL,
    hasSource: isObject(flow.source),
    hasDestination: isObject(flow.destination),
    hasEventType: isObject(flow.event_type),
    oddDirection: oddDirection(read.name(flow, "traffic_direction")),
    ipVersion: ipVersion(read.name(ip, "ipVersion")),
    encrypted: read.flag(ip, "encrypted") ?? false,
    tcpFlags: isObject(flags) ? TCP_FLAGS.filter((flag): flag is TcpFlag => flags[flag] === true) : undefined,
    ...readVarying({ ...flow, source_xlated: ip.source_xlated }),
  };
}

/** The fields behind DETAIL_KEYS, from an object that has these keys at its top. */
export function readVarying(object: JsonObject): Partial<FlowDetail> {
  const read = new FieldReader();
  const { interface: written } = object;
  const parent = read.object(read.object(object, "trace_context"), "parent");
  return {
    networkInterface: isObject(written) ? { index: read.unsigned(written, "index", 0), name: read.text(written, "name") } : undefined,
    sourceService: serviceOf(read.object(object, "source_service"), read),
    destinationService: serviceOf(read.object(object, "destination_service"), read),
    l7: isObject(object.l7) ? l7Of(object.l7, read) : undefined,
    traceId: read.text(parent, "trace_id"),
    ipTraceId: read.digits(read.object(object, "ip_trace_id"), "trace_id") || "0",
    sourceXlated: read.text(object, "source_xlated"),
  };
}

export function readNodeLabels(value: unknown): readonly string[] {
  const found = new FieldReader().texts({ value }, "value");
  return found.length === 0 ? NO_TEXTS : found;
}

function serviceOf(object: JsonObject, read: FieldReader): ServiceName {
  const name = read.text(object, "name");
  const namespace = read.text(object, "namespace");
  return name === "" && namespace === "" ? NO_DETAIL.sourceService : { name, namespace };
}

function l7Of(object: JsonObject, read: FieldReader): L7Record {
  const { dns, http, kafka } = object;
  return {
    type: read.name(object, "type"),
    dns: isObject(dns) ? { query: read.text(dns, "query") } : undefined,
    http: isObject(http) ? httpOf(http, read) : undefined,
    kafka: isObject(kafka),
  };
}

function httpOf(object: JsonObject, read: FieldReader): HttpRecord {
  return {
    code: read.unsigned(object, "code", 0),
    method: read.text(object, "method"),
    url: read.text(object, "url"),
    headers: read.objects(object, "headers").map((header) => ({ key: read.text(header, "key"), value: read.text(header, "value") })),
  };
}

function oddDirection(text: string): string {
  return /^-?\d+$/.test(text) && !["0", "1", "2"].includes(text) ? text : "";
}

function ipVersion(text: string): string {
  if (text === "1") return "IPv4";
  if (text === "2") return "IPv6";
  return text === "0" || text === "IP_NOT_USED" ? "" : text;
}
