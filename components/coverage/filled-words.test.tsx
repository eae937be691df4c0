import { expect, it } from "vitest";
import { sampleCoverage } from "#components/testing/sample-coverage.ts";
import type { Coverage, Filled } from "#lib/questions/answer.ts";
import { coveragePhrase, isMissingSomething } from "./coverage-phrase.ts";
import { filledPhrase } from "./filled-words.ts";
import { fromFeedOf } from "./from-feed-of.ts";

const NOW = Date.UTC(2026, 0, 1, 12);
const MINUTE = 60_000;
const FEED = {
  name: "agent logs",
  kind: "agent-logs",
  state: "following",
  trouble: "",
  bytesRead: 0,
  bytesTotal: 0,
  flowsPerSecond: 0,
  secondsLeft: undefined,
} as const;

const filledBy = (different: Partial<Filled>): Coverage =>
  sampleCoverage({
    feeds: [FEED],
    filled: {
      history: "Azure Data Explorer, weir.example/db",
      since: new Date(NOW - 4 * MINUTE - 7_000).toISOString(),
      newest: undefined,
      missing: 0,
      waitingFor: [{ node: "n1", packets: 3 }],
      unheard: [],
      alone: undefined,
      ...different,
    },
  });

it("says in one phrase how long a part of the answer comes from feeds, and who is behind", () => {
  expect(filledPhrase(filledBy({}), NOW)).toBe("last 4 m from agent logs; Azure Data Explorer is 4 m behind");
  expect(filledPhrase(filledBy({ since: undefined, waitingFor: [] }), NOW)).toBe("");
  const waitingFor = ["n1", "n2", "n3"].map((node) => ({ node, packets: 1 }));
  expect(filledPhrase(filledBy({ since: new Date(NOW - 47 * MINUTE).toISOString(), waitingFor }), NOW)).toBe(
    "last 47 m from agent logs; Azure Data Explorer lacks flows of n1, n2 and 1 more since then",
  );
  expect(coveragePhrase(filledBy({}), NOW)).toMatchObject({ tone: "ok" });
  expect(coveragePhrase(filledBy({}), NOW).parts).toContain("last 4 m from agent logs; Azure Data Explorer is 4 m behind");
  expect(isMissingSomething(filledBy({}))).toBe(false);
});

it("calls an answer a part when the cluster cannot be asked, and counts what no boundary can show", () => {
  const alone = { kind: "unavailable", title: "It is down.", detail: "503.", next: "Wait." } as const;
  const phrase = coveragePhrase(filledBy({ alone }), NOW);
  expect(phrase).toMatchObject({ tone: "bad", headline: "A part only: Azure Data Explorer cannot be asked." });
  expect(phrase.parts.slice(0, 2)).toEqual(["only what came from agent logs is shown, nothing older", "It is down. 503."]);
  expect(isMissingSomething(filledBy({ alone }))).toBe(true);
  expect(coveragePhrase(filledBy({ missing: 2 }), NOW)).toMatchObject({ tone: "warn", headline: "Some packets are left out." });
  expect(isMissingSomething(filledBy({ missing: 2 }))).toBe(true);
});

it("marks what comes from feeds, and nothing where no store lags", () => {
  expect(fromFeedOf(filledBy({}))).toMatchObject({ words: "From agent logs, not in Azure Data Explorer yet", short: "from agent logs" });
  expect(fromFeedOf(filledBy({ since: undefined }))?.since).toBe("");
  expect(fromFeedOf(sampleCoverage({}))).toBeUndefined();
});
