/** A flow as a row with a column for each fact, as lib/filters/kql-columns.ts says they are kept. */
import type { KqlFact } from "#lib/filters/kql-columns.ts";
import { cidrOf, destinationGroupsOf } from "#lib/flows/destination.ts";
import { dimensionValue } from "#lib/flows/dimension.ts";
import type { Endpoint, Flow } from "#lib/flows/flow.ts";
import type { FlowDetail } from "#lib/flows/flow-detail.ts";

export type KqlValue = string | number | boolean | null | readonly KqlValue[] | { readonly [key: string]: KqlValue };
export type KqlRow = { readonly [F in KqlFact]: KqlValue };

const DIRECTIONS = { egress: "EGRESS", ingress: "INGRESS", unknown: "" } as const;

export function kqlRow(flow: Flow): KqlRow {
  const { detail } = flow;
  return {
    ...endpointRow(flow.source, "source"),
    ...endpointRow(flow.destination, "destination"),
    ...l7Row(detail.l7),
    uuid: flow.uuid,
    verdict: flow.verdict,
    drop_reason_desc: flow.dropReasonName,
    event_type: detail.hasEventType ? Math.max(flow.eventType, 0) : null,
    event_sub_type: flow.eventSubType === 0 ? null : flow.eventSubType,
    traffic_direction: detail.oddDirection || DIRECTIONS[flow.direction],
    is_reply: flow.isReply ?? null,
    ip_version: detail.ipVersion,
    source_ip: flow.sourceIp,
    source_ip_xlated: detail.sourceXlated,
    destination_ip: flow.destinationIp,
    encrypted: detail.encrypted ? true : null,
    protocol: flow.protocol,
    source_port: flow.sourcePort,
    destination_port: flow.destinationPort < 0 ? null : flow.destinationPort,
    tcp_flags: detail.tcpFlags === undefined ? null : Object.fromEntries(detail.tcpFlags.map((flag) => [flag, true])),
    has_source: detail.hasSource,
    source_names: flow.sourceNames,
    source_service_namespace: detail.sourceService.namespace,
    source_service_name: detail.sourceService.name,
    has_destination: detail.hasDestination,
    destination_names: flow.destinationNames,
    destination_service_namespace: detail.destinationService.namespace,
    destination_service_name: detail.destinationService.name,
    node_name: flow.node,
    node_labels: flow.nodeLabels,
    interface_index: detail.networkInterface?.index || null,
    interface_name: detail.networkInterface?.name ?? "",
    trace_id: detail.traceId,
    ip_trace_id: detail.ipTraceId,
    pod: dimensionValue(flow, "pod"),
    workload: dimensionValue(flow, "workload"),
    cluster: dimensionValue(flow, "cluster"),
    reason: flow.reason,
    policy: dimensionValue(flow, "policy"),
    groups: destinationGroupsOf(flow.destination).flatMap(({ kind, name }) => (kind === "none" ? [] : [name])),
    cidr: cidrOf(flow.destination),
  };
}

type EndFacts<E extends "source" | "destination"> = {
  readonly [F in Extract<
    KqlFact,
    `${E}_identity` | `${E}_namespace` | `${E}_pod_name` | `${E}_cluster_name` | `${E}_labels` | `${E}_workloads`
  >]: KqlValue;
};

function endpointRow<E extends "source" | "destination">(endpoint: Endpoint, end: E): EndFacts<E>;
function endpointRow(endpoint: Endpoint, end: string): Record<string, KqlValue> {
  return {
    [`${end}_identity`]: endpoint.identity === 0 ? null : endpoint.identity,
    [`${end}_namespace`]: endpoint.namespace,
    [`${end}_pod_name`]: endpoint.pod,
    [`${end}_cluster_name`]: endpoint.cluster,
    [`${end}_labels`]: endpoint.labels.length === 0 ? null : endpoint.labels,
    [`${end}_workloads`]: endpoint.workloads.length === 0 ? null : endpoint.workloads.map(({ name, kind }) => withoutEmpty({ name, kind })),
  };
}

function l7Row(l7: FlowDetail["l7"]) {
  const http = l7?.http;
  return {
    l7_protocol: l7?.dns ? "dns" : http ? "http" : l7?.kafka ? "kafka" : "",
    dns_query: l7?.dns?.query ?? "",
    http_method: http?.method ?? "",
    http_url: http?.url ?? "",
    http_code: http?.code || null,
    http_headers: http === undefined ? null : http.headers.map(({ key, value }) => withoutEmpty({ key, value })),
  };
}

/** As protojson writes a message. */
function withoutEmpty(fields: Readonly<Record<string, string>>): KqlValue {
  return Object.fromEntries(Object.entries(fields).filter(([, text]) => text !== ""));
}
