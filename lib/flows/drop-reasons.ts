/** Cilium's drop reasons: code, enum name, the agent's text, what it means; and which of them are the product's reasons. */
import type { Reason } from "./reason.ts";

export interface DropReason {
  readonly code: number;
  /** Cilium's enum name; empty for a code the enum lacks (206), which exporters then write as a number. */
  readonly name: string;
  /** As `hubble observe` prints it. */
  readonly text: string;
  /** One plain sentence. */
  readonly meaning: string;
}

// Flow API and datapath error map of Cilium 1.20.0-pre.4; no code changed its name since 1.17 (204 to 207 were added).
const TABLE: readonly (readonly [code: number, name: string, text: string, meaning: string])[] = [
  [
    0,
    "DROP_REASON_UNKNOWN",
    "No drop reason",
    "No reason was recorded: the packet was not dropped by the datapath, or the exporter left the reason out.",
  ],
  [130, "INVALID_SOURCE_MAC", "Invalid source mac", "The packet's source hardware address is not the one its endpoint may use."],
  [
    131,
    "INVALID_DESTINATION_MAC",
    "Invalid destination mac",
    "The packet's destination hardware address is not the one of this endpoint or node.",
  ],
  [132, "INVALID_SOURCE_IP", "Invalid source ip", "The packet's source address does not belong to the endpoint that sent it."],
  [133, "POLICY_DENIED", "Policy denied", "Default deny: a policy selects this endpoint and no rule allows this traffic."],
  [134, "INVALID_PACKET_DROPPED", "Invalid packet", "The packet is malformed."],
  [135, "CT_TRUNCATED_OR_INVALID_HEADER", "CT: Truncated or invalid header", "Connection tracking met a truncated or invalid header."],
  [136, "CT_MISSING_TCP_ACK_FLAG", "Fragmentation needed", "The packet is too large for the path and must not be fragmented."],
  [137, "CT_UNKNOWN_L4_PROTOCOL", "CT: Unknown L4 protocol", "Connection tracking does not know this transport protocol."],
  [
    138,
    "CT_CANNOT_CREATE_ENTRY_FROM_PACKET",
    "CT: Can't create entry from packet",
    "Connection tracking could not make an entry from this packet.",
  ],
  [139, "UNSUPPORTED_L3_PROTOCOL", "Unsupported L3 protocol", "The network-layer protocol is not supported."],
  [
    140,
    "MISSED_TAIL_CALL",
    "Missed tail call",
    "A part of the datapath program was missing at that moment, as happens while an agent restarts.",
  ],
  [141, "ERROR_WRITING_TO_PACKET", "Error writing to packet", "The datapath could not write to the packet."],
  [142, "UNKNOWN_L4_PROTOCOL", "Unknown L4 protocol", "The transport protocol is unknown."],
  [143, "UNKNOWN_ICMPV4_CODE", "Unknown ICMPv4 code", "The ICMPv4 code is unknown."],
  [144, "UNKNOWN_ICMPV4_TYPE", "Unknown ICMPv4 type", "The ICMPv4 type is unknown."],
  [145, "UNKNOWN_ICMPV6_CODE", "Unknown ICMPv6 code", "The ICMPv6 code is unknown."],
  [146, "UNKNOWN_ICMPV6_TYPE", "Unknown ICMPv6 type", "The ICMPv6 type is unknown."],
  [147, "ERROR_RETRIEVING_TUNNEL_KEY", "Error retrieving tunnel key", "The tunnel key could not be read."],
  [148, "ERROR_RETRIEVING_TUNNEL_OPTIONS", "Error retrieving tunnel options", "The tunnel options could not be read."],
  [149, "INVALID_GENEVE_OPTION", "Invalid Geneve option", "A Geneve option is invalid."],
  [150, "UNKNOWN_L3_TARGET_ADDRESS", "Unknown L3 target address", "The next hop's address is not known."],
  [151, "STALE_OR_UNROUTABLE_IP", "Stale or unroutable IP", "The address belongs to no endpoint any more, or cannot be routed."],
  [152, "NO_MATCHING_LOCAL_CONTAINER_FOUND", "No matching local container found", "No endpoint on this node has the destination address."],
  [153, "ERROR_WHILE_CORRECTING_L3_CHECKSUM", "Error while correcting L3 checksum", "The network-layer checksum could not be corrected."],
  [154, "ERROR_WHILE_CORRECTING_L4_CHECKSUM", "Error while correcting L4 checksum", "The transport-layer checksum could not be corrected."],
  [155, "CT_MAP_INSERTION_FAILED", "CT: Map insertion failed", "The connection tracking table is full or could not be written."],
  [156, "INVALID_IPV6_EXTENSION_HEADER", "Invalid IPv6 extension header", "An IPv6 extension header is invalid."],
  [157, "IP_FRAGMENTATION_NOT_SUPPORTED", "IP fragmentation not supported", "The packet is a fragment and fragment tracking is off."],
  [158, "SERVICE_BACKEND_NOT_FOUND", "Service backend not found", "The service has no backend that could take the packet."],
  [
    160,
    "NO_TUNNEL_OR_ENCAPSULATION_ENDPOINT",
    "No tunnel/encapsulation endpoint (datapath BUG!)",
    "No tunnel or encapsulation endpoint is known for the destination.",
  ],
  [161, "FAILED_TO_INSERT_INTO_PROXYMAP", "NAT 46/64 not enabled", "NAT between IPv4 and IPv6 is not enabled."],
  [
    162,
    "REACHED_EDT_RATE_LIMITING_DROP_HORIZON",
    "Reached EDT rate-limiting drop horizon",
    "The packet would have had to wait too long under its bandwidth limit.",
  ],
  [
    163,
    "UNKNOWN_CONNECTION_TRACKING_STATE",
    "Unknown connection tracking state",
    "The connection is in a state that connection tracking does not know.",
  ],
  [164, "LOCAL_HOST_IS_UNREACHABLE", "Local host is unreachable", "The local host could not be reached."],
  [
    165,
    "NO_CONFIGURATION_AVAILABLE_TO_PERFORM_POLICY_DECISION",
    "No configuration available to perform policy decision",
    "The endpoint has no configuration yet to decide by.",
  ],
  [166, "UNSUPPORTED_L2_PROTOCOL", "Unsupported L2 protocol", "The link-layer protocol is not supported."],
  [167, "NO_MAPPING_FOR_NAT_MASQUERADE", "No mapping for NAT masquerade", "No address mapping was found for a masqueraded connection."],
  [168, "UNSUPPORTED_PROTOCOL_FOR_NAT_MASQUERADE", "Unsupported protocol for NAT masquerade", "The protocol cannot be masqueraded."],
  [169, "FIB_LOOKUP_FAILED", "FIB lookup failed", "The node's routing table has no usable route."],
  [
    170,
    "ENCAPSULATION_TRAFFIC_IS_PROHIBITED",
    "Encapsulation traffic is prohibited",
    "An endpoint sent encapsulated traffic, which is forbidden.",
  ],
  [171, "INVALID_IDENTITY", "Invalid identity", "The security identity is invalid."],
  [172, "UNKNOWN_SENDER", "Unknown sender", "The sender is unknown."],
  [173, "NAT_NOT_NEEDED", "NAT not needed", "The packet needs no address translation."],
  [174, "IS_A_CLUSTERIP", "Is a ClusterIP", "The address is a ClusterIP without a matching service port."],
  [
    175,
    "FIRST_LOGICAL_DATAGRAM_FRAGMENT_NOT_FOUND",
    "First logical datagram fragment not found",
    "A later fragment came and its first fragment was never seen.",
  ],
  [176, "FORBIDDEN_ICMPV6_MESSAGE", "Forbidden ICMPv6 message", "The ICMPv6 message is not allowed."],
  [
    177,
    "DENIED_BY_LB_SRC_RANGE_CHECK",
    "Denied by LB src range check",
    "The client's address is outside the source ranges of the load balancer service.",
  ],
  [178, "SOCKET_LOOKUP_FAILED", "Socket lookup failed", "The socket lookup failed."],
  [179, "SOCKET_ASSIGN_FAILED", "Socket assign failed", "The packet could not be handed to its socket."],
  [
    180,
    "PROXY_REDIRECTION_NOT_SUPPORTED_FOR_PROTOCOL",
    "Proxy redirection not supported for protocol",
    "The proxy cannot take this protocol.",
  ],
  [181, "POLICY_DENY", "Policy denied by denylist", "Explicit deny: a deny rule of a policy matches this traffic."],
  [182, "VLAN_FILTERED", "VLAN traffic disallowed by VLAN filter", "The VLAN is not on the list of allowed VLANs."],
  [183, "INVALID_VNI", "Incorrect VNI from VTEP", "The tunnel endpoint sent a wrong network identifier."],
  [184, "INVALID_TC_BUFFER", "Failed to update or lookup TC buffer", "A buffer of the datapath could not be read or written."],
  [185, "NO_SID", "No SID was found for the IP address", "No segment identifier is known for the address."],
  [186, "MISSING_SRV6_STATE", "SRv6 state was removed during tail call", "The state of segment routing was lost inside the datapath."],
  [187, "NAT46", "L3 translation from IPv4 to IPv6 failed (NAT46)", "Translation from IPv4 to IPv6 failed."],
  [188, "NAT64", "L3 translation from IPv6 to IPv4 failed (NAT64)", "Translation from IPv6 to IPv4 failed."],
  [
    189,
    "AUTH_REQUIRED",
    "Authentication required",
    "A policy asks for mutual authentication, and the two ends have not authenticated each other.",
  ],
  [190, "CT_NO_MAP_FOUND", "No conntrack map found", "The connection tracking table of this cluster was not found."],
  [191, "SNAT_NO_MAP_FOUND", "No nat map found", "The address translation table of this cluster was not found."],
  [192, "INVALID_CLUSTER_ID", "Invalid ClusterID", "The cluster's number is invalid."],
  [
    193,
    "UNSUPPORTED_PROTOCOL_FOR_DSR_ENCAP",
    "Unsupported packet protocol for DSR encapsulation",
    "The protocol cannot be encapsulated for direct server return.",
  ],
  [194, "NO_EGRESS_GATEWAY", "No egress gateway found", "An egress gateway policy selects this traffic and no gateway node is there."],
  [195, "UNENCRYPTED_TRAFFIC", "Traffic is unencrypted", "Encryption is required and this traffic would leave unencrypted."],
  [196, "TTL_EXCEEDED", "TTL exceeded", "The packet's hop count reached zero."],
  [197, "NO_NODE_ID", "No node ID found", "The destination node has no number on this node yet."],
  [198, "DROP_RATE_LIMITED", "Rate limited", "The packet is above its rate limit."],
  [199, "IGMP_HANDLED", "IGMP handled", "The datapath answered the multicast membership message itself."],
  [200, "IGMP_SUBSCRIBED", "IGMP subscribed", "The multicast membership was recorded; the message goes no further."],
  [201, "MULTICAST_HANDLED", "Multicast handled", "The multicast packet was delivered as copies; the original goes no further."],
  [202, "DROP_HOST_NOT_READY", "Host datapath not ready", "The node's datapath was not ready yet, as at start-up."],
  [
    203,
    "DROP_EP_NOT_READY",
    "Endpoint policy program not available",
    "The endpoint's policy program was not ready yet, as at start-up of a pod.",
  ],
  [204, "DROP_NO_EGRESS_IP", "No Egress IP configured", "An egress gateway has no egress address."],
  [205, "DROP_PUNT_PROXY", "Punt to proxy", "The packet was handed to the proxy."],
  [206, "", "No device", "The network device is gone."],
  [
    207,
    "DROP_FRAG_NOT_FOUND_WORLD",
    "First logical datagram fragment not found from world",
    "A later fragment from outside came and its first fragment was never seen.",
  ],
];

export const DROP_REASONS: readonly DropReason[] = TABLE.map(([code, name, text, meaning]) => ({ code, name, text, meaning }));

const BY_CODE: ReadonlyMap<number, DropReason> = new Map(DROP_REASONS.map((reason) => [reason.code, reason]));
const BY_NAME: ReadonlyMap<string, DropReason> = new Map(
  DROP_REASONS.filter((reason) => reason.name !== "").map((reason) => [reason.name, reason]),
);

/** Explicit deny (181), default deny (133), mutual authentication missing (189). */
const POLICY_CODES: ReadonlyMap<number, Reason> = new Map([
  [181, "deny"],
  [133, "default"],
  [189, "auth"],
]);

const EVENT_DROP = 1;
const EVENT_L7 = 129;

export function dropReasonOfCode(code: number): DropReason | undefined {
  return BY_CODE.get(code);
}

export function dropReasonOfName(name: string): DropReason | undefined {
  return BY_NAME.get(name);
}

/** The enum name of a code, its number as text where the enum has none, empty for 0 (no reason). */
export function dropReasonName(code: number): string {
  if (code === 0) return "";
  return BY_CODE.get(code)?.name || String(code);
}

/** The code of an enum name or of a number as text; 0 when it is neither. */
export function dropReasonCode(name: string): number {
  const known = BY_NAME.get(name);
  if (known) return known.code;
  return /^\d{1,9}$/.test(name) ? Number(name) : 0;
}

/** The agent's text of a code, for people; an unknown code keeps its number. */
export function dropReasonText(code: number): string {
  return BY_CODE.get(code)?.text || `Drop reason ${code}`;
}

/**
 * Why a packet was stopped. A verdict nobody knows (`VERDICT_UNKNOWN`, a number) counts as dropped when a drop reason or a
 * drop event says so. An L7 refusal is event type 129 with verdict DROPPED and carries no drop reason of its own.
 */
export function reasonOf(flow: { verdict: string; dropReason: number; dropReasonName: string; eventType: number }): Reason {
  if (flow.verdict === "AUDIT") return "audit";
  const code = flow.dropReason !== 0 ? flow.dropReason : dropReasonCode(flow.dropReasonName);
  if (flow.verdict !== "DROPPED" && !(isUnknown(flow.verdict) && (code !== 0 || flow.eventType === EVENT_DROP))) return "none";
  if (flow.eventType === EVENT_L7) return "l7";
  return POLICY_CODES.get(code) ?? "other";
}

function isUnknown(verdict: string): boolean {
  return verdict === "" || verdict === "VERDICT_UNKNOWN" || /^-?\d+$/.test(verdict);
}
