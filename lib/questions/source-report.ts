/** What is known of one source of a feed: the log of an agent, or a node behind Relay. */

/** What the silence, or the speech, of one source means. */
export const HEARINGS = [
  "flowing",
  "quiet",
  "never",
  "unknown",
  "no-exporter",
  "rejected",
  "stdout-rotated",
  "stopped",
  "blind",
  "hung",
  "late",
  "waiting",
  "unreachable",
  "forbidden",
  "gone",
] as const;
export type Hearing = (typeof HEARINGS)[number];

/** Why lines may be missing; `forgotten`: a ring of Hubble no longer holds them. */
export const GAP_CAUSES = ["rotated", "restarted", "deleted", "forgotten"] as const;

/** One stream of a feed that has many: the log of one agent, one node behind Relay. Times are ISO instants, empty = none. */
export interface SourceReport {
  readonly feed: string;
  readonly node: string;
  /** The pod. */
  readonly name: string;
  readonly hearing: Hearing;
  /** When its pod was found to be gone; absent = it is there. */
  readonly goneSince?: string;
  /** What went wrong, in its own words; empty = nothing. */
  readonly trouble: string;
  readonly version: string;
  readonly lastLine: string;
  readonly lastFlow: string;
  readonly flowsPerSecond: number;
  readonly lines: number;
  readonly flows: number;
  readonly rejected: number;
  /** Beginning of the newest line that was not understood. */
  readonly sample: string;
  /** Events that Hubble lost there. */
  readonly lost: number;
  /** Lines that came again and were left out. */
  readonly repeated: number;
  /** Times the stream was opened after the first. */
  readonly reopened: number;
  /** Lines left out because the store could not follow; absent = this feed waits instead. */
  readonly shed?: number;
  /** How often lines may be missing, and when last. */
  readonly gaps: number;
  readonly lastGap: { readonly from: string; readonly to: string; readonly why: (typeof GAP_CAUSES)[number] } | undefined;
  /** The newest of what the agent said about its exporter, oldest first. */
  readonly exporter: readonly { readonly time: string; readonly level: string; readonly text: string }[];
  /** Of a node behind Hubble Relay; absent for the log of an agent. */
  readonly hubble?: HubbleReport;
}

/** What Hubble on a node says of itself, blocked or not. */
export interface HubbleReport {
  /** Flows since it started; undefined = this relay does not tell. */
  readonly seen: number | undefined;
  /** Flows that its ring holds, and room for so many. */
  readonly held: number | undefined;
  readonly room: number | undefined;
}

/** All sources of a feed, in numbers. */
export interface SourceCounts {
  readonly all: number;
  /** Of which nothing is known to be missing now: flowing, quiet, or caught up with soon. */
  readonly heard: number;
  /** With a gap in which lines may be missing. */
  readonly withGaps: number;
  /** Lines left out because the store could not follow. */
  readonly shed?: number;
}
