/** What a flow says beside who, where and why: shared by all flows that say the same, so that the usual flow costs one reference. */

export const TCP_FLAGS = ["FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR", "NS"] as const;
export type TcpFlag = (typeof TCP_FLAGS)[number];

export interface ServiceName {
  readonly name: string;
  readonly namespace: string;
}

export interface NetworkInterface {
  readonly index: number;
  readonly name: string;
}

export interface HttpHeader {
  readonly key: string;
  readonly value: string;
}

export interface HttpRecord {
  /** Status code, 0 on requests. */
  readonly code: number;
  readonly method: string;
  /** As the proxy wrote it. */
  readonly url: string;
  readonly headers: readonly HttpHeader[];
}

/** What the L7 proxy saw; one of dns, http and kafka, or none of them. */
export interface L7Record {
  /** REQUEST, RESPONSE, SAMPLE; empty = unknown. */
  readonly type: string;
  /** The query with its trailing dot. */
  readonly dns: { readonly query: string } | undefined;
  readonly http: HttpRecord | undefined;
  readonly kafka: boolean;
}

/** Plain data, as JSON keeps it. Two details that say the same may be two objects; the decoder shares what it can. */
export interface FlowDetail {
  /** Whether the flow carries the message at all, be it empty; Cilium's filters tell the two apart. */
  readonly hasSource: boolean;
  readonly hasDestination: boolean;
  readonly hasEventType: boolean;
  /** A traffic direction that the API does not know, as its number; else empty. */
  readonly oddDirection: string;
  /** `IPv4`, `IPv6`, another number as text; empty = none. As carried, which may contradict the addresses. */
  readonly ipVersion: string;
  readonly encrypted: boolean;
  /** The source address after translation; empty = none. */
  readonly sourceXlated: string;
  /** The flags that are set, in the order of TCP_FLAGS; undefined where the flow carries no flags. */
  readonly tcpFlags: readonly TcpFlag[] | undefined;
  readonly networkInterface: NetworkInterface | undefined;
  readonly sourceService: ServiceName;
  readonly destinationService: ServiceName;
  readonly l7: L7Record | undefined;
  /** W3C trace id of the packet's parent; empty = none. */
  readonly traceId: string;
  /** 64 bits as decimal text; `0` = none (Cilium 1.19 on). */
  readonly ipTraceId: string;
}

const NO_SERVICE: ServiceName = { name: "", namespace: "" };

/** Of a flow that carries both endpoints and an event type, and nothing else of all this. */
export const NO_DETAIL: FlowDetail = {
  hasSource: true,
  hasDestination: true,
  hasEventType: true,
  oddDirection: "",
  ipVersion: "",
  encrypted: false,
  sourceXlated: "",
  tcpFlags: undefined,
  networkInterface: undefined,
  sourceService: NO_SERVICE,
  destinationService: NO_SERVICE,
  l7: undefined,
  traceId: "",
  ipTraceId: "0",
};
