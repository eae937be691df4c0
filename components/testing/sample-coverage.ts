/** Coverage with nothing missing, and whatever a test wants different. */
import type { Coverage, FeedReport } from "#lib/questions/answer.ts";

export function sampleCoverage(over: Partial<Coverage> = {}): Coverage {
  return {
    store: "memory",
    window: { from: "2026-09-21T10:42:00.000Z", to: "2026-09-22T10:42:00.000Z" },
    span: { oldest: "2026-09-10T00:00:00Z", newest: "2026-09-22T10:41:58Z" },
    lines: { total: 100, flows: 90, notices: 2, agent: 8, rejected: 0, rejectedBy: {}, duplicates: 0 },
    lost: {},
    feeds: [],
    nodes: 24,
    demo: undefined,
    truncated: undefined,
    ...over,
  };
}

export function sampleFeed(over: Partial<FeedReport> = {}): FeedReport {
  return {
    name: "agent.log",
    kind: "file",
    state: "done",
    trouble: "",
    bytesRead: 1000,
    bytesTotal: 1000,
    flowsPerSecond: 0,
    secondsLeft: undefined,
    ...over,
  };
}
