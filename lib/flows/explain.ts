/** Why a packet was stopped, in plain words, and what helps. Says only what the flow itself can know. */
import type { DestinationGroupKind } from "./destination.ts";
import { dropReasonOfCode, dropReasonText } from "./drop-reasons.ts";
import type { Reason } from "./reason.ts";

/** What an explanation needs; a row of an answer has it all. */
export interface ExplainedFlow {
  readonly reason: Reason;
  readonly verdict: string;
  readonly dropReason: number;
  readonly pod: string;
  readonly destinationIp: string;
  readonly destinationPort: number | null;
  readonly protocol: string;
  readonly group: string;
  readonly groupKind: DestinationGroupKind;
  readonly names: readonly string[];
}

export interface Explanation {
  /** What happened, one sentence. */
  readonly sentence: string;
  /** What that means for a fix; empty where there is nothing to add. */
  readonly meaning: string;
  /** What helps, one sentence each. */
  readonly helps: readonly string[];
}

export function explain(flow: ExplainedFlow): Explanation {
  return EXPLAIN[flow.reason](flow);
}

const EXPLAIN: { readonly [R in Reason]: (flow: ExplainedFlow) => Explanation } = {
  deny: (flow) => ({
    sentence: `A deny rule covers ${flow.destinationIp || "the destination"}${port(flow)}.`,
    meaning: "Deny beats allow in Cilium: another allow policy will not open this.",
    helps: denyHelps(flow),
  }),
  default: (flow) => ({
    sentence: `A policy selects ${sender(flow)}, and no rule allows ${traffic(flow)} to ${destination(flow)}.`,
    meaning: "Nothing forbids it by name, so one more allow rule is enough. Policies add up.",
    helps: allowHelps(flow),
  }),
  auth: (flow) => ({
    sentence: `A rule wants both ends to authenticate, and ${sender(flow)} and ${destination(flow)} have not.`,
    meaning: "The rule allows the traffic once the authentication stands.",
    helps: [
      "The first packets of a new connection may meet this while the handshake runs; a retry then passes.",
      "If it stays, look at the SPIRE server and agents, and at the identities of both ends.",
    ],
  }),
  l7: (flow) => ({
    sentence: `The connection to ${destination(flow)} is allowed, and the proxy refused this request.`,
    meaning: "An L7 rule lists what may pass (HTTP paths and methods, or DNS names), and this is not in it.",
    helps: [
      "Add the method and path, or the DNS pattern, to the rule that allows the connection.",
      "Allowing the port once more without L7 rules would open everything on it.",
    ],
  }),
  audit: (flow) => ({
    sentence: `The packet to ${destination(flow)} went through, because policy audit mode is on.`,
    meaning: "With enforcement it would have been dropped.",
    helps: ["Allow it before audit mode is turned off, if it is wanted."],
  }),
  other: (flow) => ({
    sentence: dropReasonOfCode(flow.dropReason)?.meaning ?? `Cilium gives the reason as: ${dropReasonText(flow.dropReason)}.`,
    meaning: "This was not a decision of policy, so no policy changes it.",
    helps: OTHER_HELPS.get(flow.dropReason) ?? [],
  }),
  none: () => ({ sentence: "This flow was not blocked.", meaning: "", helps: [] }),
};

const OTHER_HELPS: ReadonlyMap<number, readonly string[]> = new Map([
  [158, ["Check that the Service has ready endpoints."]],
  [157, ["Turn on fragment tracking, or lower the sender's packet size."]],
  [175, ["The first fragment was not seen: fragment tracking off, its table full, or fragments on different paths."]],
  [194, ["The egress gateway policy names a node that is missing or has no gateway address."]],
  [204, ["The egress gateway policy names an address that the gateway node does not have."]],
  [195, ["Strict encryption refuses plain traffic: check that WireGuard is up between the nodes."]],
  [202, ["The node's datapath was still starting. If it goes on, look at the agent on that node."]],
  [203, ["The pod's datapath was still starting. If it goes on, look at the agent on that node."]],
]);

function denyHelps(flow: ExplainedFlow): readonly string[] {
  const narrow = "Narrow the deny rule: a smaller prefix, fewer ports, or fewer pods it selects.";
  if (flow.groupKind === "cidrgroup") {
    return [
      `The address is a member of CIDR group ${flow.group}: take it out of the group if it should be open to all, or split the range.`,
      narrow,
      "Membership alone does not say that this group's rule blocked it.",
    ];
  }
  if (flow.groupKind === "cidr")
    return [`The prefix ${flow.group} stands in a policy: split it, or list the address under except.`, narrow];
  return [narrow];
}

function allowHelps(flow: ExplainedFlow): readonly string[] {
  const name = flow.names[0];
  const where = flow.destinationPort === null ? "" : ` on port ${flow.destinationPort}`;
  if (flow.groupKind === "workload") {
    return [`Allow it with toEndpoints for ${flow.group}${where}. Name the pod's own port, not the Service's.`];
  }
  if (name !== undefined) {
    return [
      `Allow it with toFQDNs ${name}${where}; the address behind a name may change.`,
      "Keep the rule that sends this pod's DNS through Cilium's proxy: without it toFQDNs never learns an address.",
    ];
  }
  if (flow.groupKind === "reserved" && !flow.group.startsWith("world")) return [`Allow it with toEntities ${flow.group}${where}.`];
  const width = flow.destinationIp.includes(":") ? 128 : 32;
  if (flow.destinationIp === "") return ["Allow it with an egress rule of a policy that selects the pod."];
  return [`Allow it with toCIDR ${flow.destinationIp}/${width}${where}, or with toFQDNs if the destination has a name.`];
}

export type LadderStep = "unknown" | "candidate" | "implied" | "recorded";

/** How well the policy behind a block is known, and how Weir knows. */
export interface PolicyKnowledge {
  readonly step: LadderStep;
  readonly sentence: string;
}

/** `policies`: names of those the agent recorded as denying. */
export function policyKnowledge(flow: Pick<ExplainedFlow, "reason" | "pod">, policies: readonly string[]): PolicyKnowledge {
  if (policies.length > 0) return { step: "recorded", sentence: `The agent recorded ${policies.join(", ")} as denying it.` };
  if (flow.reason === "default") {
    return {
      step: "candidate",
      sentence: `No rule matched, so none can be named: every policy that selects ${sender(flow)} is a candidate.`,
    };
  }
  if (flow.reason === "other" || flow.reason === "none") return { step: "unknown", sentence: "No policy decided this." };
  return { step: "unknown", sentence: "The flow names no policy. Log policy-verdict events (event type 5) to have deny rules named." };
}

function sender({ pod }: Pick<ExplainedFlow, "pod">): string {
  return pod === "" ? "the sender" : pod;
}

function destination(flow: ExplainedFlow): string {
  return flow.names[0] ?? (flow.destinationIp || flow.group || "the destination");
}

function traffic(flow: ExplainedFlow): string {
  const protocol = flow.protocol === "" ? "traffic" : flow.protocol;
  return flow.destinationPort === null ? protocol : `${protocol} port ${flow.destinationPort}`;
}

function port(flow: ExplainedFlow): string {
  return flow.destinationPort === null
    ? ""
    : ` on ${flow.protocol === "" || flow.protocol === "TCP" ? "" : `${flow.protocol} `}port ${flow.destinationPort}`;
}
