/** What is known about one agent's log while it is followed; the feed's report is made from it. */
import type { AgentPod } from "./agent-pod.ts";
import type { StreamEnd } from "./log-stream.ts";

export interface AgentStatus {
  pod: AgentPod;
  state: "waiting" | "following" | "retrying" | "refused" | "gone";
  /** In one sentence, empty = nothing. */
  trouble: string;
  /** HTTP status of the last refusal, 0 = none since the log was opened. */
  refusedWith: number;
  bytes: number;
  lines: number;
  flows: number;
  rejected: number;
  /** Beginning of the newest line that was not understood. */
  sample: string;
  /** Events that Hubble itself lost. */
  lost: number;
  /** Lines that came again after the log was opened again, and were left out. */
  repeated: number;
  opened: number;
  /** How the last stream ended; undefined = none has. */
  lastEnd: StreamEnd | undefined;
  /** Times when lines may be missing, oldest first, at most a few. */
  gaps: Gap[];
  gapsInAll: number;
  /** Times when the stream was silent although the log went on. */
  hung: number;
  /** Nanoseconds since 1970, 0 = none. */
  lastLine: bigint;
  lastFlow: bigint;
  /** From the flows themselves (Cilium 1.19), else from the image. */
  version: string;
}

/** Between the last line read and the first one after it something may be missing; nanoseconds since 1970. */
export interface Gap {
  readonly from: bigint;
  readonly to: bigint;
  readonly why: "rotated" | "restarted" | "deleted";
}

const GAPS_KEPT = 20;

export function createAgentStatus(pod: AgentPod): AgentStatus {
  return {
    pod,
    state: "waiting",
    trouble: "",
    refusedWith: 0,
    bytes: 0,
    lines: 0,
    flows: 0,
    rejected: 0,
    sample: "",
    lost: 0,
    repeated: 0,
    opened: 0,
    lastEnd: undefined,
    gaps: [],
    gapsInAll: 0,
    hung: 0,
    lastLine: 0n,
    lastFlow: 0n,
    version: pod.version,
  };
}

export function addGap(status: AgentStatus, gap: Gap): void {
  status.gapsInAll += 1;
  status.gaps.push(gap);
  if (status.gaps.length > GAPS_KEPT) status.gaps.shift();
}
