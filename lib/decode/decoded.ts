/** What a line of a log can turn out to be. Every line is exactly one of these. */
import type { Flow } from "#lib/flows/flow.ts";

export const NOTICE_KINDS = ["lost_events", "agent_event", "debug_event", "node_status"] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** A line that is not a flow but tells something. */
export interface Notice {
  readonly kind: NoticeKind;
  readonly time: bigint | undefined;
  readonly node: string;
  /** Number of its type, for agent and debug events; 0 = unknown. */
  readonly type: number;
  /** Events lost, for `lost_events`; else 0. */
  readonly lost: number;
  /** Where they were lost, as Cilium names it. */
  readonly lostAt: string;
}

/** A line the agent wrote about itself, or any text that does not claim to be a flow (blank lines too). */
export interface AgentLine {
  readonly time: bigint | undefined;
  readonly level: string;
  readonly message: string;
  readonly text: string;
}

export const REJECT_REASONS = ["cut", "not-json", "not-a-flow", "bad-field", "no-time", "too-long", "too-deep", "binary"] as const;
export type RejectReason = (typeof REJECT_REASONS)[number];

/** A line that should have been a flow and is not readable. */
export interface Reject {
  readonly reason: RejectReason;
  readonly detail: string;
  /** The line's beginning, at most 2 kB. */
  readonly sample: string;
}

/** What is no flow. */
export type DecodedOther =
  | { readonly is: "notice"; readonly notice: Notice }
  | { readonly is: "agent"; readonly agent: AgentLine }
  | { readonly is: "reject"; readonly reject: Reject };

export type Decoded = { readonly is: "flow"; readonly flow: Flow } | DecodedOther;
