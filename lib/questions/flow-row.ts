/** A flow as a row of an answer, and the cursor that pages of rows go by. */
import { destinationGroupsOf } from "#lib/flows/destination.ts";
import { policyName } from "#lib/flows/dimension.ts";
import type { Flow } from "#lib/flows/flow.ts";
import { formatTime, parseTime } from "#lib/flows/flow-time.ts";
import { podOf, workloadOf } from "#lib/flows/sender.ts";
import type { FlowRow } from "./answer.ts";

export function flowRowOf(id: string, flow: Flow): FlowRow {
  const [primary, ...others] = destinationGroupsOf(flow.destination);
  return {
    id,
    time: formatTime(flow.time),
    pod: podOf(flow),
    namespace: flow.source.namespace,
    podName: flow.source.pod,
    workload: workloadOf(flow),
    workloadKind: flow.source.workloads[0]?.kind ?? "",
    sourceIp: flow.sourceIp,
    sourcePort: flow.sourcePort < 0 ? null : flow.sourcePort,
    destinationIp: flow.destinationIp,
    destinationPort: flow.destinationPort < 0 ? null : flow.destinationPort,
    protocol: flow.protocol,
    group: primary.name,
    groupKind: primary.kind,
    alsoIn: others.map((group) => group.name),
    names: flow.destinationNames,
    reason: flow.reason,
    verdict: flow.verdict,
    dropReason: flow.dropReason,
    dropReasonName: flow.dropReasonName,
    policies: flow.deniedBy.map(policyName),
    node: flow.node,
    packets: flow.packets,
    eventType: flow.eventType,
  };
}

export interface FlowCursor {
  /** Nanoseconds since 1970. */
  readonly time: bigint;
  readonly id: string;
}

export function cursorText(row: Pick<FlowRow, "time" | "id">): string {
  return `${row.time},${row.id}`;
}

export function readCursor(text: string): FlowCursor | undefined {
  const comma = text.indexOf(",");
  const time = comma < 0 ? undefined : parseTime(text.slice(0, comma));
  return time === undefined ? undefined : { time, id: text.slice(comma + 1) };
}
