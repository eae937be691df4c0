/** Cilium's Flow message as CEL sees it: its fields with their types, and the enums whose names an expression may use (api/v1/flow). */
import { DROP_REASONS } from "#lib/flows/drop-reasons.ts";
import { SINCE_OF_DROP_REASON } from "../criteria/enum-names.ts";
import { CILIUM_VERSIONS, type CiliumVersion, isBefore } from "../criterion.ts";

/** `name:Type`, a star for a list, `@` the release that brought it. Types are protobuf's scalars, well-known types, and the keys below. */
const MESSAGES: Readonly<Record<string, string>> = {
  Flow: `time:Timestamp uuid:string emitter:Emitter@1.19 verdict:Verdict drop_reason:uint32 auth_type:AuthType ethernet:Ethernet IP:IP
    l4:Layer4 tunnel:Tunnel@1.18 source:Endpoint destination:Endpoint Type:FlowType node_name:string node_labels:string*
    source_names:string* destination_names:string* l7:Layer7 reply:bool event_type:CiliumEventType source_service:Service
    destination_service:Service traffic_direction:TrafficDirection policy_match_type:uint32
    trace_observation_point:TraceObservationPoint trace_reason:TraceReason file:FileInfo@1.17 ip_trace_id:IPTraceID@1.19
    drop_reason_desc:DropReason is_reply:BoolValue debug_capture_point:DebugCapturePoint interface:NetworkInterface proxy_port:uint32
    trace_context:TraceContext sock_xlate_point:SocketTranslationPoint socket_cookie:uint64 cgroup_id:uint64 Summary:string
    extensions:Any egress_allowed_by:Policy* ingress_allowed_by:Policy* egress_denied_by:Policy* ingress_denied_by:Policy*
    policy_log:string*@1.18 aggregate:Aggregate@1.19`,
  Emitter: "name:string version:string",
  Ethernet: "source:string destination:string",
  IP: "source:string source_xlated:string destination:string ipVersion:IPVersion encrypted:bool",
  Layer4: "TCP:TCP UDP:UDP ICMPv4:ICMPv4 ICMPv6:ICMPv6 SCTP:SCTP VRRP:VRRP@1.19 IGMP:IGMP@1.19",
  TCP: "source_port:uint32 destination_port:uint32 flags:TCPFlags",
  TCPFlags: "FIN:bool SYN:bool RST:bool PSH:bool ACK:bool URG:bool ECE:bool CWR:bool NS:bool",
  UDP: "source_port:uint32 destination_port:uint32",
  SCTP: "source_port:uint32 destination_port:uint32",
  ICMPv4: "type:uint32 code:uint32",
  ICMPv6: "type:uint32 code:uint32",
  VRRP: "type:uint32 vrid:uint32 priority:uint32",
  IGMP: "type:uint32 group_address:string",
  Tunnel: "IP:IP l4:Layer4",
  Endpoint: "ID:uint32 identity:uint32 cluster_name:string namespace:string labels:string* pod_name:string workloads:Workload*",
  Workload: "name:string kind:string",
  Layer7: "type:L7FlowType latency_ns:uint64 dns:DNS http:HTTP kafka:Kafka",
  DNS: `query:string ips:string* ttl:uint32 cnames:string* observation_source:string rcode:uint32 qtypes:string* rrtypes:string*`,
  HTTP: "code:uint32 method:string url:string protocol:string headers:HTTPHeader*",
  HTTPHeader: "key:string value:string",
  Kafka: "error_code:int32 api_version:int32 api_key:string correlation_id:int32 topic:string",
  CiliumEventType: "type:int32 sub_type:int32",
  Service: "name:string namespace:string",
  FileInfo: "name:string line:uint32",
  IPTraceID: "trace_id:uint64 ip_option_type:uint32",
  NetworkInterface: "index:uint32 name:string",
  TraceContext: "parent:TraceParent",
  TraceParent: "trace_id:string",
  Policy: "name:string namespace:string labels:string* revision:uint64 kind:string@1.17",
  Aggregate: "ingress_flow_count:uint32 egress_flow_count:uint32 unknown_direction_flow_count:uint32",
};

/** Names in the order of their numbers from 0 on, or `NAME=number`. */
const ENUMS: Readonly<Record<string, string>> = {
  Verdict: "VERDICT_UNKNOWN FORWARDED DROPPED ERROR AUDIT REDIRECTED TRACED TRANSLATED",
  FlowType: "UNKNOWN_TYPE L3_L4 L7 SOCK",
  AuthType: "DISABLED SPIRE TEST_ALWAYS_FAIL",
  IPVersion: "IP_NOT_USED IPv4 IPv6",
  L7FlowType: "UNKNOWN_L7_TYPE REQUEST RESPONSE SAMPLE",
  TrafficDirection: "TRAFFIC_DIRECTION_UNKNOWN INGRESS EGRESS",
  TraceObservationPoint: `UNKNOWN_POINT TO_PROXY TO_HOST TO_STACK TO_OVERLAY FROM_ENDPOINT FROM_PROXY FROM_HOST FROM_STACK
    FROM_OVERLAY FROM_NETWORK TO_NETWORK TO_ENDPOINT=101`,
  TraceReason: "TRACE_REASON_UNKNOWN NEW ESTABLISHED REPLY RELATED REOPENED SRV6_ENCAP SRV6_DECAP ENCRYPT_OVERLAY",
  DebugCapturePoint: `DBG_CAPTURE_POINT_UNKNOWN DBG_CAPTURE_DELIVERY=4 DBG_CAPTURE_FROM_LB=5 DBG_CAPTURE_AFTER_V46=6
    DBG_CAPTURE_AFTER_V64=7 DBG_CAPTURE_PROXY_PRE=8 DBG_CAPTURE_PROXY_POST=9 DBG_CAPTURE_SNAT_PRE=10 DBG_CAPTURE_SNAT_POST=11`,
  SocketTranslationPoint: `SOCK_XLATE_POINT_UNKNOWN SOCK_XLATE_POINT_PRE_DIRECTION_FWD SOCK_XLATE_POINT_POST_DIRECTION_FWD
    SOCK_XLATE_POINT_PRE_DIRECTION_REV SOCK_XLATE_POINT_POST_DIRECTION_REV`,
  LostEventSource: "UNKNOWN_LOST_EVENT_SOURCE PERF_EVENT_RING_BUFFER OBSERVER_EVENTS_QUEUE HUBBLE_RING_BUFFER",
  EventType: "UNKNOWN RecordLost=2 EventSample=9",
};

export interface FlowField {
  readonly name: string;
  readonly type: string;
  readonly isList: boolean;
  readonly since: CiliumVersion | undefined;
}

export const PACKAGE = "flow";
export const MESSAGE_FIELDS: ReadonlyMap<string, readonly FlowField[]> = new Map(
  Object.entries(MESSAGES).map(([name, fields]) => [name, fields.trim().split(/\s+/).map(fieldOf)]),
);
export const ENUM_NUMBERS: ReadonlyMap<string, ReadonlyMap<string, number>> = new Map([
  ...Object.entries(ENUMS).map(([name, values]): [string, ReadonlyMap<string, number>] => [name, numbersOf(values)]),
  ["DropReason", new Map(DROP_REASONS.filter(({ name }) => name !== "").map(({ name, code }) => [name, code]))],
]);

/** Whether the release has it; a name that came in a patch release counts for all of its minor release. */
export function hasField({ since }: FlowField, version: CiliumVersion): boolean {
  return since === undefined || !isBefore(version, since);
}

export function hasEnumName(name: string, version: CiliumVersion): boolean {
  const since = SINCE_OF_DROP_REASON.get(name);
  return since === undefined || !isBefore(version, since);
}

function fieldOf(text: string): FlowField {
  const [name = "", rest = ""] = text.split(":");
  const [type = "", since] = rest.split("@");
  return { name, type: type.replace("*", ""), isList: type.endsWith("*"), since: CILIUM_VERSIONS.find((version) => version === since) };
}

function numbersOf(text: string): ReadonlyMap<string, number> {
  const words = text.trim().split(/\s+/);
  return new Map(
    words.map((word, index) => {
      const [name = "", number] = word.split("=");
      return [name, number === undefined ? index : Number(number)];
    }),
  );
}
