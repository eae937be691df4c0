/** What is known about one node behind the relay; the feed's report is made from it. */
import { createRate, type Rate } from "../rate.ts";

export interface NodeStatus {
  readonly name: string;
  /** It was named in this run of Weir, not only in one before. */
  isMet: boolean;
  address: string;
  state: "unknown" | "connected" | "unavailable" | "error" | "gone";
  /** When it was found to be gone; nanoseconds since 1970, 0 = it is not. */
  goneAt: bigint;
  /** What the relay said of it; empty = nothing. */
  message: string;
  /** From the flows themselves (Cilium 1.19), else from the list of nodes. */
  version: string;
  /** Nanoseconds; undefined = the relay does not tell. */
  uptime: bigint | undefined;
  seen: number | undefined;
  held: number | undefined;
  room: number | undefined;
  /** When `seen` last changed; nanoseconds since 1970, 0 = not known yet. */
  seenChangedAt: bigint;
  bytes: number;
  lines: number;
  flows: number;
  readonly rate: Rate;
  rejected: number;
  sample: string;
  lost: number;
  repeated: number;
  lastLine: bigint;
  lastFlow: bigint;
  /** Times that it was out of reach of the relay. */
  departures: number;
  gaps: number;
  lastGap: { readonly from: bigint; readonly to: bigint } | undefined;
}

export function createNodeStatus(name: string): NodeStatus {
  return {
    name,
    isMet: false,
    address: "",
    state: "unknown",
    goneAt: 0n,
    message: "",
    version: "",
    uptime: undefined,
    seen: undefined,
    held: undefined,
    room: undefined,
    seenChangedAt: 0n,
    bytes: 0,
    lines: 0,
    flows: 0,
    rate: createRate(),
    rejected: 0,
    sample: "",
    lost: 0,
    repeated: 0,
    lastLine: 0n,
    lastFlow: 0n,
    departures: 0,
    gaps: 0,
    lastGap: undefined,
  };
}
