import { describe, expect, it } from "vitest";
import { sampleCoverage, sampleFeed } from "#components/testing/sample-coverage.ts";
import type { Coverage } from "#lib/questions/answer.ts";
import { coveragePhrase, isMissingSomething, missingParts } from "./coverage-phrase.ts";

const NOW = Date.parse("2026-09-22T10:42:00Z");
const said = (over: Partial<Coverage>): string => {
  const { tone, headline, parts } = coveragePhrase(sampleCoverage(over), NOW);
  return `${tone}: ${[headline, ...parts].join(" · ")}`;
};
const lines = { ...sampleCoverage().lines, total: 1_681_904, rejected: 3 };

describe("coveragePhrase", () => {
  it("is short when nothing is missing", () => {
    expect(said({})).toBe("ok: Flows of 24 nodes. · 24 h searched · Newest flow 2 s ago");
    expect(said({ nodes: 1 })).toContain("Flows of 1 node.");
  });

  it("names what is missing, and leaves out what is zero", () => {
    expect(said({ lines, lost: { HUBBLE_RING_BUFFER: 400, OBSERVER_EVENTS_QUEUE: 12 } })).toBe(
      "warn: Hubble lost events. · 24 h searched · Newest flow 2 s ago · 3 of 1,681,904 lines not understood · 412 events lost",
    );
    expect(said({ lines })).toContain("warn: Some lines were not understood.");
    expect(said({ lost: { PERF_EVENT_RING_BUFFER: 1 } })).toContain("1 event lost");
  });

  it("says that data is made up, whatever else there is to say", () => {
    expect(said({ demo: { seed: 7 }, lines })).toMatch(/^demo: Demo data\. · Made up, seed 7 · .*3 of 1,681,904 lines not understood$/);
  });

  it("shows how far a feed got", () => {
    const feeds = [sampleFeed({ state: "reading", bytesRead: 440_000_000, bytesTotal: 1e9, flowsPerSecond: 81_234.4, secondsLeft: 79.6 })];
    const phrase = coveragePhrase(sampleCoverage({ feeds }), NOW);
    expect(phrase.headline).toBe("Reading agent.log.");
    expect(phrase.parts.slice(0, 3)).toEqual(["440 MB of 1.00 GB", "81,234 flows/s", "1 m 20 s left"]);
    expect(phrase.progress).toBeCloseTo(0.44);
  });

  it("promises no progress where a size is not known", () => {
    const feeds = [sampleFeed({ state: "reading", bytesTotal: 0 }), sampleFeed({ state: "reading" })];
    const phrase = coveragePhrase(sampleCoverage({ feeds }), NOW);
    expect(phrase.headline).toBe("Reading 2 feeds.");
    expect(phrase.progress).toBeUndefined();
  });

  it("puts a failed feed before everything", () => {
    const failed = sampleFeed({ state: "failed", trouble: "Permission denied." });
    expect(said({ feeds: [failed], demo: { seed: 7 } })).toMatch(/^bad: agent\.log could not be read\. · Permission denied\./);
    expect(said({ feeds: [failed, failed] })).toContain("bad: 2 feeds failed.");
  });

  it("counts the agents that are heard, and says when lines may be missing", () => {
    const live = (all: number, heard: number, withGaps: number) => [
      sampleFeed({ name: "agent logs, kube-system", kind: "agent-logs", state: "following", sources: { all, heard, withGaps } }),
    ];
    expect(said({ feeds: live(24, 24, 0) })).toMatch(/^ok: Weir hears all 24 agents\./);
    expect(said({ feeds: live(24, 20, 1) })).toMatch(/^warn: Weir hears 20 of 24 agents\./);
    expect(said({ feeds: live(24, 24, 1) })).toMatch(/^warn: Lines may be missing\. · The log of 1 agent has a gap/);
    expect(missingParts(sampleCoverage({ feeds: live(24, 20, 3) }))).toEqual([
      "4 of 24 agents are not heard",
      "The logs of 3 agents have gaps in which lines may be missing",
    ]);
  });

  it("calls rings of Hubble by their name", () => {
    const relay = sampleFeed({ kind: "relay", state: "following", sources: { all: 3, heard: 3, withGaps: 1 } });
    expect(said({ feeds: [relay] })).toMatch(/^warn: Lines may be missing\. · The ring of 1 node has a gap/);
    const logs = sampleFeed({ kind: "agent-logs", state: "following", sources: { all: 3, heard: 3, withGaps: 1 } });
    expect(missingParts(sampleCoverage({ feeds: [relay, logs] }))).toEqual([
      "The logs of 2 agents have gaps in which lines may be missing",
    ]);
  });

  it("says how many lines were left out under pressure", () => {
    const sources = { all: 24, heard: 24, withGaps: 1, shed: 1_204 };
    const feeds = [sampleFeed({ kind: "agent-logs", state: "following", sources })];
    expect(said({ feeds })).toMatch(/^warn: Lines were left out\. · 1,204 lines were left out: the store could not follow/);
    expect(missingParts(sampleCoverage({ feeds }))).toContain("1,204 lines were left out: the store could not follow");
  });

  it("does not call an empty store complete", () => {
    expect(said({ span: undefined, nodes: 0 })).toMatch(/^warn: No flow is stored yet\./);
  });

  it("spells out hostile names of feeds", () => {
    const feeds = [sampleFeed({ name: "a\u202Egol.tnega", state: "failed" })];
    expect(coveragePhrase(sampleCoverage({ feeds }), NOW).headline).toContain("⟨U+202E⟩");
  });
});

describe("missingParts", () => {
  it("is empty only where nothing is known to be missing", () => {
    expect(missingParts(sampleCoverage({ demo: { seed: 7 }, feeds: [sampleFeed()] }))).toEqual([]);
    expect(isMissingSomething(sampleCoverage())).toBe(false);
  });

  it.each<Partial<Coverage>>([
    { lines },
    { lost: { a: 1 } },
    { truncated: { shown: 1, total: 2 } },
    { feeds: [sampleFeed({ state: "failed" })] },
    { feeds: [sampleFeed({ state: "reading" })] },
    { feeds: [sampleFeed({ state: "following", trouble: "the file was cut" })] },
  ])("%j is missing something", (over) => {
    expect(missingParts(sampleCoverage(over))).toHaveLength(1);
  });
});
