/** A flow for tests: a plain explicit deny, with whatever a test wants to be different. */
import type { Batch } from "#lib/flows/batch.ts";
import type { Endpoint, Flow } from "#lib/flows/flow.ts";
import { NO_DETAIL } from "#lib/flows/flow-detail.ts";

export const NO_ONE: Endpoint = { id: 0, identity: 0, cluster: "", namespace: "", pod: "", labels: [], workloads: [] };

export function sampleEndpoint(different: Partial<Endpoint> = {}): Endpoint {
  return { ...NO_ONE, ...different };
}

const SENDER = sampleEndpoint({
  id: 3810,
  identity: 14_406,
  namespace: "prod",
  pod: "api-1",
  labels: ["k8s:app=api"],
  workloads: [{ name: "api", kind: "Deployment" }],
});
const DESTINATION = sampleEndpoint({
  identity: 16_777_218,
  labels: ["cidrgroup:io.cilium.policy.cidrgroupname/corp-deny", "reserved:world"],
});

/** 2025-01-23T08:00:00Z, 181, prod/api-1 to 217.160.0.92:443. Its line is a short text of its own. */
export function sampleFlow(different: Partial<Flow> = {}): Flow {
  const uuid = different.uuid ?? "2c5936a5-8806-4c5a-ac6d-d41fe2ebf467";
  return {
    time: 1_737_619_200_000_000_000n,
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
    sourceIp: "10.244.1.22",
    destinationIp: "217.160.0.92",
    protocol: "TCP",
    sourcePort: 44_240,
    destinationPort: 443,
    source: SENDER,
    destination: DESTINATION,
    sourceNames: [],
    destinationNames: [],
    node: "aks-prod/n1",
    deniedBy: [],
    policyLog: [],
    packets: 1,
    emitterVersion: "",
    nodeLabels: [],
    detail: NO_DETAIL,
    parts: { shape: { pieces: ["", ""], kinds: ["text"] }, holes: [`the line of ${uuid}`] },
    ...different,
  };
}

/** A batch of flows and nothing else. */
export function sampleBatch(flows: readonly Flow[], feed = "test", offset = flows.length): Batch {
  return {
    flows,
    tally: { total: flows.length, flows: flows.length, notices: 0, agent: 0, rejected: 0, rejectedBy: {}, lost: {} },
    samples: [],
    agentWords: [],
    position: { feed, offset, state: "{}" },
  };
}
