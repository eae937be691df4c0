/** Configurations to start from, each with what it catches and what it misses; the first is the default. */
import type { FlowFilter } from "#lib/filters/to-cilium.ts";
import { type ExporterEntry, emptyEntry, isAtLeast, type TargetVersion } from "./config.ts";

export type TemplateName = "policy-blocked-egress" | "explicit-denies" | "policy-names-and-audit" | "l7-refusals" | "data-loss-canary";

export interface Template {
  readonly name: TemplateName;
  readonly title: string;
  readonly catches: string;
  readonly misses: string;
  /** The entry for an agent of this version. */
  entry(version: TargetVersion): ExporterEntry;
}

/** Type 1 with both drop reasons: one event per blocked packet. Before 1.16 reasons are told by sub types. */
function blockedEgress(version: TargetVersion): FlowFilter {
  const egress = { traffic_direction: ["EGRESS"] };
  if (isAtLeast(version, "1.16")) return { ...egress, drop_reason_desc: ["POLICY_DENIED", "POLICY_DENY"], event_type: [{ type: 1 }] };
  return {
    ...egress,
    event_type: [
      { type: 1, match_sub_type: true, sub_type: 133 },
      { type: 1, match_sub_type: true, sub_type: 181 },
    ],
  };
}

const EXPLICIT_DENIES: FlowFilter = {
  traffic_direction: ["EGRESS"],
  event_type: [{ type: 1, match_sub_type: true, sub_type: 181 }],
};
const VERDICTS: FlowFilter = { traffic_direction: ["EGRESS"], verdict: ["DROPPED", "AUDIT"], event_type: [{ type: 5 }] };
const L7_REFUSALS: FlowFilter = { verdict: ["DROPPED"], event_type: [{ type: 129 }] };
const LOST_EVENTS: FlowFilter = { event_type: [{ type: 255 }] };

export const TEMPLATES: readonly Template[] = [
  {
    name: "policy-blocked-egress",
    title: "Policy-blocked egress",
    catches:
      "Every packet that a policy keeps from leaving: explicit denies (181) and everything that no policy allows (133). One event per packet.",
    misses: "Names of policies, would-be drops in audit mode, refusals by the HTTP and DNS proxies, ingress.",
    entry: (version) => single("blocked-egress", version, blockedEgress(version)),
  },
  {
    name: "explicit-denies",
    title: "Explicit denies only",
    catches: "Egress packets that match a deny rule (181).",
    misses: "Everything blocked because nothing allows it (133), which includes all blocks by Kubernetes NetworkPolicy.",
    entry: (version) => single("explicit-denies", version, EXPLICIT_DENIES),
  },
  {
    name: "policy-names-and-audit",
    title: "With policy names and audit mode",
    catches: "The policy's verdict on blocked egress, with the names of deny policies (1.16 on) and would-be drops of audit mode.",
    misses: "Names for default denies before about 1.20. Do not add drop events (type 1): every packet would count twice.",
    entry: (version) => single("egress-verdicts", version, VERDICTS),
  },
  {
    name: "l7-refusals",
    title: "L7 refusals",
    catches: "Requests that the HTTP, DNS or Kafka proxy refused.",
    misses: "Everything below L7. Needs L7 rules: without them there are no such events.",
    entry: (version) => single("l7-refusals", version, L7_REFUSALS),
  },
  {
    name: "data-loss-canary",
    title: "Blocked egress and a data-loss canary",
    catches: "Policy-blocked egress, and a line whenever Hubble itself lost events. The canary costs nothing while all is well.",
    misses: "What was lost stays unknown: the canary tells how many events, not which.",
    entry: (version) => single("blocked-egress", version, blockedEgress(version), LOST_EVENTS),
  },
];

/** The word stdout is safe from 1.17 on; before that a file is. */
export function safeFilePath(name: string, version: TargetVersion): string {
  return isAtLeast(version, "1.17") ? "stdout" : `/var/run/cilium/hubble/${name}.log`;
}

function single(name: string, version: TargetVersion, ...includeFilters: readonly FlowFilter[]): ExporterEntry {
  return { ...emptyEntry(name, safeFilePath(name, version)), includeFilters };
}
