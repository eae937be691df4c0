import { describe, expect, it } from "vitest";
import type { Coverage, FeedReport } from "#lib/questions/answer.ts";
import { seenParts } from "./seen-lane.ts";

const HOUR = 3_600_000;
const plot = { start: 0, width: HOUR, count: 10 };

describe("seenParts", () => {
  it("knows nothing of a store that holds nothing", () => {
    expect(seenParts(coverage(undefined, "done"), plot, 10 * HOUR)).toEqual([{ from: 0, to: 1, seen: false }]);
  });

  it("knows what lies between the oldest and the newest flow of a file", () => {
    expect(seenParts(coverage([2.5, 7.2], "done"), plot, 10 * HOUR)).toEqual([
      { from: 0, to: 0.2, seen: false },
      { from: 0.2, to: 0.8, seen: true },
      { from: 0.8, to: 1, seen: false },
    ]);
  });

  it("takes silence for calm while a feed follows, up to now", () => {
    expect(seenParts(coverage([0, 7.2], "following"), plot, 8.9 * HOUR)).toEqual([
      { from: 0, to: 0.9, seen: true },
      { from: 0.9, to: 1, seen: false },
    ]);
  });
});

function coverage(span: readonly [number, number] | undefined, state: FeedReport["state"]): Coverage {
  const instant = (hours: number): string => new Date(hours * HOUR).toISOString();
  const feed: FeedReport = {
    name: "agent.log",
    kind: "file",
    state,
    trouble: "",
    bytesRead: 0,
    bytesTotal: 0,
    flowsPerSecond: 0,
    secondsLeft: undefined,
  };
  return {
    store: "memory",
    window: { from: instant(0), to: instant(10) },
    span: span && { oldest: instant(span[0]), newest: instant(span[1]) },
    lines: { total: 0, flows: 0, notices: 0, agent: 0, rejected: 0, rejectedBy: {}, duplicates: 0 },
    lost: {},
    feeds: [feed],
    nodes: 1,
    demo: undefined,
    truncated: undefined,
  };
}
