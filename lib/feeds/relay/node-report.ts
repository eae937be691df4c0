/** What is known about one node → what its silence means, and the report that people read. */
import { formatTime } from "#lib/flows/flow-time.ts";
import type { Hearing, SourceCounts, SourceReport } from "#lib/questions/source-report.ts";
import type { NodeStatus } from "./node-status.ts";

const SECOND = 1_000_000_000n;
const RECENT = 120n * SECOND;
/** The health checks of a node alone make flows every minute. */
const BLIND_AFTER = 300n * SECOND;
const JUST_STARTED = 60n * SECOND;

/** `now` in nanoseconds since 1970; `isOpen`: the relay streams. The more certain before the less certain. */
export function hearingOf(node: NodeStatus, isOpen: boolean, now: bigint): Hearing {
  if (node.state === "gone") return "gone";
  // what an earlier run of Weir knew, and the relay has not named since
  if (!node.isMet && isOpen) return "gone";
  if (!isOpen || node.state === "unavailable" || node.state === "error") return "unreachable";
  if (node.lastFlow !== 0n && now - node.lastFlow < RECENT) return "flowing";
  if (node.seen !== undefined && node.uptime !== undefined) {
    if (node.seen === 0) return node.uptime > JUST_STARTED ? "blind" : "waiting";
    return now - node.seenChangedAt > BLIND_AFTER ? "blind" : "quiet";
  }
  return node.flows > 0 ? "quiet" : "unknown";
}

export interface Connection {
  readonly feed: string;
  /** The relay streams. */
  readonly isOpen: boolean;
  /** Streams so far. */
  readonly opened: number;
}

/** `now` in nanoseconds since 1970. */
export function nodeReport({ feed, isOpen, opened }: Connection, node: NodeStatus, now: bigint): SourceReport {
  return {
    feed,
    node: node.name,
    name: node.address === "" ? "behind Hubble Relay" : node.address,
    hearing: hearingOf(node, isOpen, now),
    trouble: isOpen || node.state === "gone" ? node.message : "The relay itself does not answer.",
    version: node.version,
    lastLine: timeText(node.lastLine),
    lastFlow: timeText(node.lastFlow),
    flowsPerSecond: Math.round(node.rate.perSecond()),
    lines: node.lines,
    flows: node.flows,
    rejected: node.rejected,
    sample: node.sample,
    lost: node.lost,
    repeated: node.repeated,
    reopened: node.departures + Math.max(0, opened - 1),
    gaps: node.gaps,
    lastGap: node.lastGap && { from: timeText(node.lastGap.from), to: timeText(node.lastGap.to), why: "forgotten" },
    exporter: [],
    ...(node.goneAt === 0n ? {} : { goneSince: formatTime(node.goneAt) }),
    hubble: { seen: node.seen, held: node.held, room: node.room },
  };
}

const HEARD: ReadonlySet<Hearing> = new Set(["flowing", "quiet", "unknown", "waiting"]);

/** Nodes that are gone for good are nothing that is missing. */
export function countsOf(nodes: readonly NodeStatus[], isOpen: boolean, now: bigint): SourceCounts {
  const present = nodes.filter(({ state, isMet }) => isMet && state !== "gone");
  return {
    all: present.length,
    heard: present.filter((node) => HEARD.has(hearingOf(node, isOpen, now))).length,
    withGaps: nodes.filter(({ gaps }) => gaps > 0).length,
  };
}

function timeText(time: bigint): string {
  return time === 0n ? "" : formatTime(time);
}
