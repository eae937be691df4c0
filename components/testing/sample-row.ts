/** A flow as a row of the list, and whatever a test wants different. */
import type { FlowRow } from "#lib/questions/answer.ts";

export function sampleRow(over: Partial<FlowRow> = {}): FlowRow {
  return {
    id: "00000000-0000-4000-8000-000000000001",
    time: "2026-09-22T10:42:16.5Z",
    pod: "a/b",
    namespace: "a",
    podName: "b",
    workload: "a/b",
    workloadKind: "",
    sourceIp: "10.0.0.1",
    sourcePort: 1,
    destinationIp: "192.0.2.1",
    destinationPort: 443,
    protocol: "TCP",
    group: "world",
    groupKind: "reserved",
    alsoIn: [],
    names: [],
    reason: "deny",
    verdict: "DROPPED",
    dropReason: 181,
    dropReasonName: "POLICY_DENY",
    policies: [],
    node: "n1",
    packets: 1,
    eventType: 1,
    ...over,
  };
}
