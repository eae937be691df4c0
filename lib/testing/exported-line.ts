/** A flow as the line that Cilium's exporter would have written for it: protojson without zero values. */
import type { Endpoint, Flow, Policy } from "#lib/flows/flow.ts";
import type { L7Record, ServiceName } from "#lib/flows/flow-detail.ts";
import { formatTime } from "#lib/flows/flow-time.ts";

export function exportedLine(flow: Flow): string {
  const { detail } = flow;
  const l4 = flow.protocol === "" ? undefined : { [flow.protocol]: transportOf(flow) };
  const time = formatTime(flow.time);
  return JSON.stringify({
    flow: filled({
      time,
      uuid: flow.uuid,
      verdict: flow.verdict,
      drop_reason: flow.dropReason,
      IP: filled({
        source: flow.sourceIp,
        source_xlated: detail.sourceXlated,
        destination: flow.destinationIp,
        ipVersion: detail.ipVersion,
        encrypted: detail.encrypted || undefined,
      }),
      l4,
      source: detail.hasSource ? endpointOf(flow.source) : undefined,
      destination: detail.hasDestination ? endpointOf(flow.destination) : undefined,
      Type: "L3_L4",
      node_name: flow.node,
      source_names: flow.sourceNames,
      destination_names: flow.destinationNames,
      node_labels: flow.nodeLabels,
      event_type: detail.hasEventType ? filled({ type: Math.max(0, flow.eventType), sub_type: flow.eventSubType }) : undefined,
      traffic_direction: flow.direction === "unknown" ? numberOr(detail.oddDirection) : flow.direction.toUpperCase(),
      is_reply: flow.isReply,
      drop_reason_desc: flow.dropReasonName,
      egress_denied_by: flow.deniedBy.map(policyOf),
      policy_log: flow.policyLog,
      interface: detail.networkInterface && filled(detail.networkInterface),
      source_service: serviceOf(detail.sourceService),
      destination_service: serviceOf(detail.destinationService),
      l7: detail.l7 && l7Of(detail.l7),
      trace_context: detail.traceId === "" ? undefined : { parent: { trace_id: detail.traceId } },
      ip_trace_id: detail.ipTraceId === "0" ? undefined : { trace_id: detail.ipTraceId },
      aggregate:
        flow.packets === 1
          ? undefined
          : { [`${flow.direction === "unknown" ? "unknown_direction" : flow.direction}_flow_count`]: flow.packets },
      Summary: "",
    }),
    node_name: flow.node,
    time,
  });
}

function transportOf({ protocol, sourcePort, destinationPort, detail }: Flow): object {
  if (protocol.startsWith("ICMP")) return { type: 8 };
  const flags = protocol === "TCP" ? detail.tcpFlags : undefined;
  return filled({
    source_port: Math.max(0, sourcePort),
    destination_port: Math.max(0, destinationPort),
    flags: flags && Object.fromEntries(flags.map((flag) => [flag, true])),
  });
}

function serviceOf(service: ServiceName): object | undefined {
  return service.name === "" && service.namespace === "" ? undefined : filled(service);
}

function l7Of({ type, dns, http, kafka }: L7Record): object {
  return filled({
    type,
    dns: dns && filled(dns),
    http: http && filled({ ...http, headers: http.headers.map(filled) }),
    kafka: kafka ? {} : undefined,
  });
}

function numberOr(text: string): number | undefined {
  return text === "" ? undefined : Number(text);
}

function endpointOf({ id, identity, cluster, namespace, pod, labels, workloads }: Endpoint): object {
  return filled({ ID: id, identity, cluster_name: cluster, namespace, labels, pod_name: pod, workloads: workloads.map(filled) });
}

function policyOf(policy: Policy): object {
  return filled({ ...policy });
}

/** Without what protojson leaves out. */
function filled(object: object): object {
  return Object.fromEntries(
    Object.entries(object).filter(
      ([, value]) => value !== undefined && value !== "" && value !== 0 && !(Array.isArray(value) && value.length === 0),
    ),
  );
}
