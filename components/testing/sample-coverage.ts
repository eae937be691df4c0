/** Coverage with nothing missing, and whatever a test wants different. */
import type { Coverage, FeedReport } from "#lib/questions/answer.ts";
import type { SourceReport } from "#lib/questions/source-report.ts";

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

export function sampleSource(over: Partial<SourceReport> = {}): SourceReport {
  return {
    feed: "agent logs, kube-system",
    node: "aks-apps-vmss00000b",
    name: "cilium-9xk4t",
    hearing: "flowing",
    trouble: "",
    version: "1.17.4",
    lastLine: "2026-09-22T10:41:59Z",
    lastFlow: "2026-09-22T10:41:58Z",
    flowsPerSecond: 9,
    lines: 1_200,
    flows: 1_000,
    rejected: 0,
    sample: "",
    lost: 0,
    repeated: 0,
    reopened: 0,
    gaps: 0,
    lastGap: undefined,
    exporter: [],
    ...over,
  };
}
