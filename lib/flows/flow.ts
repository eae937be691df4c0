/** The Flow record every room speaks: one Hubble flow event, decoded, with nothing lost. */
import type { FlowDetail } from "./flow-detail.ts";
import type { Reason } from "./reason.ts";

export type Direction = "egress" | "ingress" | "unknown";
export type Protocol = "TCP" | "UDP" | "SCTP" | "ICMPv4" | "ICMPv6" | "VRRP" | "IGMP" | "";

export interface Workload {
  readonly name: string;
  readonly kind: string;
}

/** One end of a flow. Decoders hand out one shared object per distinct JSON text, so identity is a cheap key. */
export interface Endpoint {
  /** Endpoint ID on its node, 0 when absent. */
  readonly id: number;
  /** Security identity, 0 when absent. Numbers from 16777216 on are local to a node. */
  readonly identity: number;
  readonly cluster: string;
  readonly namespace: string;
  readonly pod: string;
  readonly labels: readonly string[];
  readonly workloads: readonly Workload[];
}

export interface Policy {
  readonly name: string;
  readonly namespace: string;
  readonly kind: string;
  readonly labels: readonly string[];
  readonly revision: string;
}

export interface Flow {
  /** Nanoseconds since 1970. */
  readonly time: bigint;
  readonly timeFrom: "flow" | "envelope" | "wrapper" | "neighbour";
  /** As written; empty when the exporter's field mask left it out. */
  readonly uuid: string;
  /** Cilium's verdict name, derived when masked out; an unknown enum value stays its number as text. */
  readonly verdict: string;
  readonly reason: Reason;
  /**
   * Drop reason code (0 = none) and its Cilium enum name (empty = none; an unknown one is its number as text). The name is what Cilium's own
   * filters compare: a flow that carries only the code keeps an empty name, unless a field mask took the name out.
   */
  readonly dropReason: number;
  readonly dropReasonName: string;
  /** Hubble event type, -1 when the flow carries none. */
  readonly eventType: number;
  readonly eventSubType: number;
  readonly direction: Direction;
  readonly isReply: boolean | undefined;
  readonly sourceIp: string;
  readonly destinationIp: string;
  readonly protocol: Protocol;
  /** -1 when the protocol or the line has none. */
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly source: Endpoint;
  readonly destination: Endpoint;
  readonly sourceNames: readonly string[];
  readonly destinationNames: readonly string[];
  /** As written, `cluster/node` or bare. */
  readonly node: string;
  /** `egress_denied_by`, then `ingress_denied_by`. */
  readonly deniedBy: readonly Policy[];
  readonly policyLog: readonly string[];
  /** Packets this event stands for: 1, or the exporter's aggregate count (Cilium 1.19). */
  readonly packets: number;
  /** `emitter.version`, the only in-band way to learn the agent's version (1.19 on). */
  readonly emitterVersion: string;
  /** Labels of the node that logged the flow. */
  readonly nodeLabels: readonly string[];
  /** All that is seldom said or seldom asked for. A shared object, identity is a cheap key. */
  readonly detail: FlowDetail;
  readonly parts: LineParts;
}

/**
 * What a hole of a line shape holds; everything but `text` can be told again from the record or a dictionary: `time` is
 * formatTime(flow.time), `time_short` formatTimeShort(flow.time), ports are String(port), uuid, addresses and node stand in the record.
 */
export const HOLE_KINDS = [
  "time",
  "time_short",
  "uuid",
  "source_ip",
  "destination_ip",
  "source_port",
  "destination_port",
  "source",
  "destination",
  "node",
  "node_labels",
  "ethernet",
  "names",
  "policies",
  "text",
] as const;
export type HoleKind = (typeof HOLE_KINDS)[number];

/** What many lines share: `pieces[0] + hole + pieces[1] + hole + ... + pieces[n]`. Shared objects, identity is a key. */
export interface LineShape {
  readonly pieces: readonly string[];
  readonly kinds: readonly HoleKind[];
}

/** The original line, wrapper included, cut so that joining it again gives the same bytes (as latin1 code units). */
export interface LineParts {
  readonly shape: LineShape;
  readonly holes: readonly string[];
}
