/** What comes back: a value with its coverage, or a problem. Plain data only, it crosses threads and the wire. */

import type { DestinationGroupKind } from "#lib/flows/destination.ts";
import type { Dimension, Grouping } from "#lib/flows/dimension.ts";
import type { Reason } from "#lib/flows/reason.ts";
import type { SourceCounts, SourceReport } from "./source-report.ts";
import type { Unavailable } from "./unavailable.ts";

export const PROBLEM_KINDS = ["bad-question", "not-found", "unavailable", "timeout", "too-much", "bug"] as const;
export interface Problem {
  readonly kind: (typeof PROBLEM_KINDS)[number];
  readonly title: string;
  readonly detail: string;
  /** What helps. */
  readonly next: string;
}

export type Answer<T> =
  | { readonly answer: T; readonly coverage: Coverage; readonly problem?: never }
  | { readonly problem: Problem; readonly answer?: never };

export type ReasonCounts = { readonly [R in Reason]?: number };

export interface Counts {
  /** Distinct 5-tuples (source and destination address and port, protocol) among the flows in the answer. */
  readonly attempts: number;
  readonly packets: number;
}

export interface Summary extends Counts {
  readonly senders: { readonly workloads: number; readonly pods: number; readonly fresh: number };
  readonly destinations: { readonly groups: number; readonly addresses: number; readonly fresh: number };
  readonly reasons: ReasonCounts;
  /** Attempts that the question's reasons leave out: would-be drops and drops that are not policy. */
  readonly notCounted: { readonly audit: number; readonly other: number };
  /** The same for the window of equal length before, absent where the store holds nothing from then. */
  readonly before: (Counts & { readonly from: string }) | undefined;
}

export interface GroupRow extends Counts {
  /** One value per dimension of `by`; null = the flow has none (ICMP has no port). */
  readonly key: readonly (string | null)[];
  readonly reasons: ReasonCounts;
  readonly pods: number;
  readonly addresses: number;
  /** ISO instants with nanoseconds, inside the window. */
  readonly firstSeen: string;
  readonly lastSeen: string;
  /** Earliest in the stored time, which may lie before the window. */
  readonly firstStored: string;
  /** First seen inside the window although the store reaches further back. */
  readonly isNew: boolean;
  /** Attempts in the window of equal length before; undefined where the store holds nothing from then. */
  readonly attemptsBefore: number | undefined;
  /** Attempts per slice of the window; empty when not asked for. */
  readonly spark: readonly number[];
  /** What stands beside the name: workload kind, namespace, kind of destination group, other groups of the address. */
  readonly about: GroupAbout;
}

export interface GroupAbout {
  readonly namespace?: string;
  readonly workload?: string;
  readonly workloadKind?: string;
  readonly groupKind?: DestinationGroupKind;
  readonly alsoIn?: readonly string[];
  readonly names?: readonly string[];
  readonly protocols?: readonly string[];
}

export interface GroupTable {
  readonly by: readonly Grouping[];
  readonly rows: readonly GroupRow[];
  /** Groups in all, before offset and limit. */
  readonly total: number;
  readonly totals: Counts;
}

export interface TimelineSeries {
  readonly name: string;
  readonly values: readonly number[];
}
export interface Timeline {
  /** Milliseconds since 1970 of the first bucket's start, and the width in milliseconds. */
  readonly start: number;
  readonly width: number;
  readonly count: number;
  /** Attempts, each counted once, in the bucket of its first packet in the answer. At most eight series and "other groups". */
  readonly series: readonly TimelineSeries[];
  /** The window before, shifted; absent where the store holds nothing from then. */
  readonly before: readonly number[] | undefined;
  /** Senders first seen in the window though the store reaches further back, biggest first, at most 12. */
  readonly fresh: readonly { readonly workload: string; readonly at: number }[];
}

export interface FacetValue {
  readonly value: string | null;
  readonly attempts: number;
}
export interface Facet {
  readonly dimension: Dimension;
  /** Counts ignore the facet's own choice, so alternatives stay visible. */
  readonly values: readonly FacetValue[];
  readonly total: number;
  /** Why the store cannot tell the values; absent where it can. */
  readonly unavailable?: string | undefined;
}

/** One flow as a row: names resolved, times as text, no line. */
export interface FlowRow {
  readonly id: string;
  readonly time: string;
  readonly pod: string;
  readonly namespace: string;
  readonly podName: string;
  readonly workload: string;
  readonly workloadKind: string;
  readonly sourceIp: string;
  readonly sourcePort: number | null;
  readonly destinationIp: string;
  readonly destinationPort: number | null;
  readonly protocol: string;
  readonly group: string;
  readonly groupKind: DestinationGroupKind;
  readonly alsoIn: readonly string[];
  readonly names: readonly string[];
  readonly reason: Reason;
  readonly verdict: string;
  readonly dropReason: number;
  readonly dropReasonName: string;
  readonly policies: readonly string[];
  readonly node: string;
  readonly packets: number;
  readonly eventType: number;
}

export interface FlowPage {
  readonly rows: readonly FlowRow[];
  /** Pass as `after` for the next page; undefined at the end. */
  readonly next: string | undefined;
}

export interface FlowDetail {
  readonly row: FlowRow;
  readonly sourceLabels: readonly string[];
  readonly destinationLabels: readonly string[];
  readonly deniedBy: readonly { readonly name: string; readonly namespace: string; readonly kind: string }[];
  readonly policyLog: readonly string[];
  /** The line as it came, byte for byte (UTF-8). */
  readonly line: string;
  /** The other record of the same denied packet (event type 1 or 5), where both were logged. */
  readonly sibling: { readonly id: string; readonly line: string } | undefined;
  /** Packets of the same attempt, oldest first, at most 100: time and id. */
  readonly attempt: readonly { readonly id: string; readonly time: string; readonly packets: number }[];
}

export interface LineCounts {
  readonly total: number;
  readonly flows: number;
  readonly notices: number;
  readonly agent: number;
  readonly rejected: number;
  readonly rejectedBy: Readonly<Record<string, number>>;
  /** Flows met again (same uuid) and not stored twice; they count in `flows`. */
  readonly duplicates: number;
}

export interface FeedReport {
  readonly name: string;
  readonly kind: "file" | "stdin" | "demo" | "agent-logs" | "relay";
  readonly state: "waiting" | "reading" | "following" | "done" | "failed" | "stopped";
  /** What went wrong, in one sentence; empty = nothing. */
  readonly trouble: string;
  readonly bytesRead: number;
  /** 0 = not known. */
  readonly bytesTotal: number;
  readonly flowsPerSecond: number;
  readonly secondsLeft: number | undefined;
  /** For feeds with many sources. */
  readonly sources?: SourceCounts;
}

export interface NodeReport {
  readonly node: string;
  readonly newest: string;
  readonly oldest: string;
  readonly flows: number;
}

/** What was really looked at. */
export interface Coverage {
  readonly store: string;
  /** Absent where every flow is there whole. */
  readonly unavailable?: Unavailable | undefined;
  readonly window: { readonly from: string; readonly to: string };
  /** The time span the store holds; undefined = no flow at all. */
  readonly span: { readonly oldest: string; readonly newest: string } | undefined;
  readonly lines: LineCounts;
  /** Events Hubble itself lost, by source. */
  readonly lost: Readonly<Record<string, number>>;
  readonly feeds: readonly FeedReport[];
  readonly nodes: number;
  /** Made-up data, with its seed. */
  readonly demo: { readonly seed: number } | undefined;
  /** Rows left out because of a cap, where there is one. */
  readonly truncated: { readonly shown: number; readonly total: number } | undefined;
  /** Present where others fill the store: lines that never arrived, or that could not be read there, are not known here. */
  readonly shipped?: {
    /** What was found on the way to the flows, step by step; looked at only where there is none. */
    readonly checks: readonly StoreCheck[];
  };
  /** Where the store is filled by others and lags, and feeds of this machine show what it does not have yet. */
  readonly filled?: Filled;
}

/** The newest part of an answer, which comes from feeds. */
export interface Filled {
  /** Name of the store that lags. */
  readonly history: string;
  /** ISO instant: flows from here on come from feeds; undefined = that store has everything that they have. */
  readonly since: string | undefined;
  /** ISO instant of the newest flow it holds; undefined = none, or it cannot be asked. */
  readonly newest: string | undefined;
  /** Packets known to one side that no boundary between the two can show; 0 = answers are whole. */
  readonly missing: number;
  /** What feeds show that it does not have, by node. */
  readonly waitingFor: readonly { readonly node: string; readonly packets: number }[];
  /** What it has from that instant on that no feed showed, by node. */
  readonly unheard: readonly { readonly node: string; readonly packets: number }[];
  /** Why it cannot be asked: then everything shown comes from feeds, and history is not in it. */
  readonly alone: Problem | undefined;
}

/** One step of finding out whether a store can show anything, and what helps where it cannot. */
export interface StoreCheck {
  readonly what: string;
  /** Doubtful: it may be in order, and what follows was looked at all the same. */
  readonly state: "good" | "doubtful" | "bad" | "unknown";
  readonly found: string;
  /** Empty where nothing needs help. */
  readonly next: string;
}

export interface CoverageDetails {
  readonly nodes: readonly NodeReport[];
  /** Of a store that others fill, step by step: the first bad one says what to do. */
  readonly checks?: readonly StoreCheck[];
  /** Of feeds that run now; added by the engine, absent from a store. */
  readonly sources?: readonly SourceReport[];
  readonly samples: readonly { readonly feed: string; readonly reason: string; readonly detail: string; readonly sample: string }[];
  readonly agentWords: readonly { readonly time: string; readonly level: string; readonly text: string }[];
}
