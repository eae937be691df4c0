/** Flow lines as the container network logs of managed AKS hold them: sums over 30 seconds, without addresses, labels and names. */
import { createDecoder } from "#lib/decode/decoder.ts";
import { latin1Of } from "#lib/decode/line-text.ts";
import type { Endpoint, Flow } from "#lib/flows/flow.ts";
import { formatTime } from "#lib/flows/flow-time.ts";
import type { LoggedLine } from "./hubble-tables.ts";
import type { Value } from "./kql-values.ts";

const SUM_NS = 30_000_000_000n;

interface Sum {
  readonly flow: Flow;
  flows: number;
}

export function networkLogRows(lines: readonly LoggedLine[]): readonly Readonly<Record<string, Value>>[] {
  const decoder = createDecoder();
  const sums = new Map<string, Sum>();
  for (const { text } of lines) {
    const decoded = decoder.decode(latin1Of(text), { fallbackTime: undefined });
    if (decoded.is !== "flow") continue;
    const { flow } = decoded;
    const key = JSON.stringify([String(flow.time / SUM_NS), { ...rowOf(flow), UUID: "" }]);
    const known = sums.get(key);
    if (known === undefined) sums.set(key, { flow, flows: flow.packets });
    else known.flows += flow.packets;
  }
  return [...sums.values()].map(({ flow, flows }) => ({
    ...rowOf(flow),
    TimeGenerated: formatTime(flow.time - (flow.time % 1_000_000n)),
    EgressFlowCount: flow.direction === "egress" ? flows : 0,
    IngressFlowCount: flow.direction === "ingress" ? flows : 0,
    UnknownDirectionFlowCount: flow.direction === "unknown" ? flows : 0,
  }));
}

function rowOf(flow: Flow): Readonly<Record<string, Value>> {
  return {
    Verdict: flow.verdict,
    DropReason: flow.dropReasonName,
    TrafficDirection: flow.direction === "unknown" ? "TRAFFIC_DIRECTION_UNKNOWN" : flow.direction.toUpperCase(),
    FlowType: flow.eventType === 129 ? "L7" : "L3_L4",
    UUID: flow.uuid,
    NodeName: flow.node,
    Layer4: flow.protocol === "" ? {} : { [flow.protocol]: flow.destinationPort < 0 ? {} : { destination_port: flow.destinationPort } },
    EventType: { type: flow.eventType, sub_type: flow.eventSubType },
    Policies: flow.deniedBy.map(({ name, namespace, kind }) => ({ name, namespace, kind })),
    ...endOf("Source", flow.source),
    ...endOf("Destination", flow.destination),
  };
}

function endOf(
  side: "Source" | "Destination",
  { namespace, pod, workloads, identity, cluster }: Endpoint,
): Readonly<Record<string, Value>> {
  return {
    [`${side}Namespace`]: namespace,
    [`${side}PodName`]: pod,
    [`${side}Workloads`]: workloads.map(({ name, kind }) => ({ name, kind })),
    [`${side}Identity`]: identity,
    [`${side}ClusterName`]: cluster,
  };
}
