/** What is known about one agent's log while it is followed; the feed's report is made from it. */
import { createRate, type Rate } from "../rate.ts";
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
  readonly rate: Rate;
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
  /** When a stream was last found to have been silent although the log went on; nanoseconds since 1970, 0 = never. */
  hungAt: bigint;
  /** When the agent last said that its exporter's configuration cannot be used; 0 = it has not. */
  rejectedAt: bigint;
  /** When the newest line arrived, by Weir's clock. */
  arrivedAt: bigint;
  /** The newest of what it said about its exporter, oldest first. */
  exporter: ExporterSaying[];
  /** Nanoseconds since 1970, 0 = none. */
  lastLine: bigint;
  lastFlow: bigint;
  /** From the flows themselves (Cilium 1.19), else from the image. */
  version: string;
}

export interface ExporterSaying {
  readonly time: bigint;
  readonly level: string;
  readonly text: string;
}

const SAYINGS_KEPT = 5;
const SAYING_CHARS = 1_000;

export function createAgentStatus(pod: AgentPod): AgentStatus {
  return {
    pod,
    state: "waiting",
    trouble: "",
    refusedWith: 0,
    bytes: 0,
    lines: 0,
    flows: 0,
    rate: createRate(),
    rejected: 0,
    sample: "",
    lost: 0,
    repeated: 0,
    opened: 0,
    lastEnd: undefined,
    hungAt: 0n,
    rejectedAt: 0n,
    arrivedAt: 0n,
    exporter: [],
    lastLine: 0n,
    lastFlow: 0n,
    version: pod.version,
  };
}

/** An agent that cannot use its configuration says so every 5 s: the same words count once, with their newest time. */
export function addSaying(status: AgentStatus, { time, level, text }: ExporterSaying): void {
  const said = { time, level, text: text.slice(0, SAYING_CHARS) };
  const timeless = withoutTime(said.text);
  status.exporter = [...status.exporter.filter((other) => withoutTime(other.text) !== timeless), said].slice(-SAYINGS_KEPT);
}

function withoutTime(text: string): string {
  return text.replace(/^time="?[^\s"]{1,40}"? /, "");
}
