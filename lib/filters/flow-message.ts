/** The fields of Cilium's Flow message as a field mask names them, in the order in which an exporter writes them, each with its first release. */
import type { CiliumVersion } from "./criterion.ts";

export interface FlowField {
  readonly name: string;
  readonly since: CiliumVersion;
  /** Fields of the message inside; undefined for plain values and for lists, into which no path leads. */
  readonly fields: readonly FlowField[] | undefined;
  /** Only one of the fields that share this name can be set. */
  readonly oneof: string | undefined;
  /** Written as one JSON value although a mask can lead inside. */
  readonly wellKnown: "timestamp" | "bool" | undefined;
}

/** Releases before 1.15 had no exporter whose mask could be asked. */
const FIRST: CiliumVersion = "1.15";

type Shape = { readonly [name: string]: FlowField };

function plain(since: CiliumVersion = FIRST): FlowField {
  return { name: "", since, fields: undefined, oneof: undefined, wellKnown: undefined };
}

function message(fields: readonly FlowField[], since: CiliumVersion = FIRST): FlowField {
  return { ...plain(since), fields };
}

function named(shape: Shape): readonly FlowField[] {
  return Object.entries(shape).map(([name, field]) => ({ ...field, name }));
}

function plains(...names: readonly string[]): readonly FlowField[] {
  return names.map((name) => ({ ...plain(), name }));
}

function oneOf(oneof: string, shape: Shape): readonly FlowField[] {
  return named(shape).map((field) => ({ ...field, oneof }));
}

const PORTS = plains("source_port", "destination_port");
const FLAGS = plains("FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR", "NS");

const LAYER_4 = oneOf("protocol", {
  TCP: message([...PORTS, ...named({ flags: message(FLAGS) })]),
  UDP: message(PORTS),
  ICMPv4: message(plains("type", "code")),
  ICMPv6: message(plains("type", "code")),
  SCTP: message(PORTS),
  VRRP: message(plains("type", "vrid", "priority"), "1.19"),
  IGMP: message(plains("type", "group_address"), "1.19"),
});

const LAYER_7 = [
  ...plains("type", "latency_ns"),
  ...oneOf("record", {
    dns: message(plains("query", "ips", "ttl", "cnames", "observation_source", "rcode", "qtypes", "rrtypes")),
    http: message(plains("code", "method", "url", "protocol", "headers")),
    kafka: message(plains("error_code", "api_version", "api_key", "correlation_id", "topic")),
  }),
];

const INTERNET = named({
  source: plain(),
  source_xlated: plain("1.16"),
  destination: plain(),
  ipVersion: plain(),
  encrypted: plain(),
});

const ENDPOINT = named({
  ID: plain(),
  identity: plain(),
  cluster_name: plain("1.16"),
  namespace: plain(),
  labels: plain(),
  pod_name: plain(),
  workloads: plain(),
});

const SERVICE = plains("name", "namespace");

export const FLOW_FIELDS: readonly FlowField[] = named({
  time: { ...message(plains("seconds", "nanos")), wellKnown: "timestamp" },
  uuid: plain(),
  emitter: message(plains("name", "version"), "1.19"),
  verdict: plain(),
  drop_reason: plain(),
  auth_type: plain(),
  ethernet: message(plains("source", "destination")),
  IP: message(INTERNET),
  l4: message(LAYER_4),
  tunnel: message(named({ protocol: plain(), IP: message(INTERNET), l4: message(LAYER_4), vni: plain("1.19") }), "1.18"),
  source: message(ENDPOINT),
  destination: message(ENDPOINT),
  Type: plain(),
  node_name: plain(),
  node_labels: plain("1.16"),
  source_names: plain(),
  destination_names: plain(),
  l7: message(LAYER_7),
  reply: plain(),
  event_type: message(plains("type", "sub_type")),
  source_service: message(SERVICE),
  destination_service: message(SERVICE),
  traffic_direction: plain(),
  policy_match_type: plain(),
  trace_observation_point: plain(),
  trace_reason: plain("1.16"),
  file: message(plains("name", "line"), "1.17"),
  ip_trace_id: message(plains("trace_id", "ip_option_type"), "1.19"),
  drop_reason_desc: plain(),
  is_reply: { ...message(plains("value")), wellKnown: "bool" },
  debug_capture_point: plain(),
  interface: message(plains("index", "name")),
  proxy_port: plain(),
  trace_context: message(named({ parent: message(plains("trace_id")) })),
  sock_xlate_point: plain(),
  socket_cookie: plain(),
  cgroup_id: plain(),
  Summary: plain(),
  extensions: message(plains("type_url", "value")),
  egress_allowed_by: plain(),
  ingress_allowed_by: plain(),
  egress_denied_by: plain("1.16"),
  ingress_denied_by: plain("1.16"),
  policy_log: plain("1.18"),
  aggregate: message(plains("ingress_flow_count", "egress_flow_count", "unknown_direction_flow_count"), "1.19"),
});
