/** What is known about one agent → the report that people read. */
import { formatTime } from "#lib/flows/flow-time.ts";
import type { Hearing, SourceCounts, SourceReport } from "#lib/questions/source-report.ts";
import type { AgentPlace } from "./agent-place.ts";
import type { AgentStatus } from "./agent-status.ts";
import type { GoneAgent } from "./gone-agents.ts";
import { hearingOf } from "./hearing.ts";

/** `now` in nanoseconds since 1970. */
export function sourceReport(feed: string, status: AgentStatus, place: AgentPlace, now: bigint): SourceReport {
  const { pod } = status;
  const { lastGap } = place;
  return {
    feed,
    node: pod.node,
    name: pod.name,
    hearing: hearingOf(status, place, now),
    trouble: status.trouble === "" ? pod.waiting : status.trouble,
    version: status.version,
    lastLine: timeText(status.lastLine),
    lastFlow: timeText(status.lastFlow),
    flowsPerSecond: Math.round(status.rate.perSecond()),
    lines: status.lines,
    flows: status.flows,
    rejected: status.rejected,
    sample: status.sample,
    lost: status.lost,
    repeated: status.repeated,
    reopened: Math.max(0, status.opened - 1),
    gaps: place.gaps,
    shed: place.shed,
    lastGap: lastGap && { from: timeText(lastGap.from), to: timeText(lastGap.to), why: lastGap.why },
    exporter: status.exporter.map(({ time, level, text }) => ({ time: timeText(time), level, text })),
  };
}

const HEARD: ReadonlySet<Hearing> = new Set(["flowing", "quiet", "never", "unknown", "late", "hung"]);

/** `now` in nanoseconds since 1970. */
export function countsOf(agents: readonly Followed[], gone: readonly GoneAgent[], now: bigint): SourceCounts {
  return {
    all: agents.length,
    heard: agents.filter(({ status, place }) => HEARD.has(hearingOf(status, place, now))).length,
    withGaps: [...agents.map(({ place }) => place), ...gone].filter(({ gaps }) => gaps > 0).length,
    shed: [...agents.map(({ place }) => place), ...gone].reduce((sum, { shed }) => sum + shed, 0),
  };
}

interface Followed {
  readonly status: AgentStatus;
  readonly place: AgentPlace;
}

function timeText(time: bigint): string {
  return time === 0n ? "" : formatTime(time);
}
