/** A decoder for tests of feeds: a word at the line's beginning says what the line is. */
import type { Decoded } from "#lib/decode/decoded.ts";
import type { Endpoint, Flow } from "#lib/flows/flow.ts";
import { NO_DETAIL } from "#lib/flows/flow-detail.ts";

const NOBODY: Endpoint = { id: 0, identity: 0, cluster: "", namespace: "", pod: "", labels: [], workloads: [] };

/** `flow <uuid> [time]`, `reject <detail>`, `lost <count>`, anything else is an agent line with the level as its first word. */
export function stubDecode(line: string, context: { fallbackTime: bigint | undefined }): Decoded {
  const [word = "", second = "", third] = line.split(" ");
  if (word === "flow")
    return { is: "flow", flow: stubFlow(second, third === undefined ? (context.fallbackTime ?? 0n) : BigInt(third), line) };
  if (word === "reject") return { is: "reject", reject: { reason: "cut", detail: second, sample: line } };
  if (word === "lost")
    return { is: "notice", notice: { kind: "lost_events", time: undefined, node: "", type: 0, lost: Number(second), lostAt: third ?? "" } };
  return { is: "agent", agent: { time: undefined, level: word, message: line, text: line } };
}

export function stubFlow(uuid: string, time: bigint, line: string): Flow {
  return {
    time,
    timeFrom: "flow",
    uuid,
    verdict: "DROPPED",
    reason: "deny",
    dropReason: 181,
    dropReasonName: "POLICY_DENY",
    eventType: 1,
    eventSubType: 181,
    direction: "egress",
    isReply: undefined,
    sourceIp: "10.0.0.1",
    destinationIp: "192.0.2.1",
    protocol: "TCP",
    sourcePort: 40_000,
    destinationPort: 443,
    source: NOBODY,
    destination: NOBODY,
    sourceNames: [],
    destinationNames: [],
    node: "node-1",
    deniedBy: [],
    policyLog: [],
    packets: 1,
    emitterVersion: "",
    nodeLabels: [],
    detail: NO_DETAIL,
    parts: { shape: { pieces: [line], kinds: [] }, holes: [] },
  };
}
