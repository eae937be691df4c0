import { expect, it } from "vitest";
import type { FlowFeed } from "#lib/feeds/feed.ts";
import type { Batch } from "#lib/flows/batch.ts";
import { openDuckdbStore } from "#lib/stores/duckdb/duckdb-store.ts";
import { createMemoryStore } from "#lib/stores/memory/memory-store.ts";
import { stubFlow } from "#lib/testing/stub-decoder.ts";
import { createEngineCore } from "./engine-core.ts";
import type { EngineNews } from "./engine-protocol.ts";

function waitingFeed(name: string): FlowFeed {
  let state: "reading" | "stopped" = "reading";
  return {
    names: [name],
    reports: () => [{ name, kind: "file", state, trouble: "", bytesRead: 1, bytesTotal: 2, flowsPerSecond: 0, secondsLeft: undefined }],
    run: (_sink, signal) =>
      new Promise((resolve) => {
        signal.addEventListener("abort", () => {
          state = "stopped";
          resolve();
        });
      }),
  };
}

it("adds the feeds and the demo's mark to every coverage", async () => {
  const store = createMemoryStore({ now: () => 0 });
  const core = createEngineCore({ store, feeds: [waitingFeed("a.log")], demo: { seed: 3, flows: 1 }, tell: () => undefined });
  const question = { window: { from: 0, to: 1 }, filter: { include: [], exclude: [] }, text: "" };
  for (const [method, input] of [
    ["status", undefined],
    ["summary", question],
  ] as const) {
    const answer = await core.handlers.get(method)?.(input);
    expect(answer).toMatchObject({ coverage: { demo: { seed: 3 }, feeds: [{ name: "a.log", state: "reading" }] } });
  }
  expect(await core.handlers.get("status")?.(undefined)).toMatchObject({ answer: { feeds: [{ name: "a.log" }] } });
  await core.close();
});

it("stops the feeds before it closes the store", async () => {
  const order: string[] = [];
  const feed = waitingFeed("a.log");
  const core = createEngineCore({
    store: { ...createMemoryStore({ now: () => 0 }), close: async () => void order.push("store closed") },
    feeds: [{ ...feed, run: (sink, signal) => feed.run(sink, signal).then(() => void order.push("feed ended")) }],
    demo: undefined,
    tell: () => undefined,
  });
  await Promise.all([core.handlers.get("close")?.(undefined), core.close()]);
  expect(order).toEqual(["feed ended", "store closed"]);
});

it("tells about a feed that fails, and goes on with the others", async () => {
  const told: EngineNews[] = [];
  const broken: FlowFeed = { ...waitingFeed("broken.log"), run: () => Promise.reject(new Error("torn")) };
  const core = createEngineCore({
    store: createMemoryStore({ now: () => 0 }),
    feeds: [broken, waitingFeed("a.log")],
    demo: undefined,
    tell: (news) => told.push(news),
  });
  await core.close();
  expect(told).toContainEqual({ news: "trouble", text: expect.stringContaining("broken.log: Error: torn") });
});

it("forgets what is older than the retention, and never demo data", async () => {
  const now = Date.UTC(2026, 10, 23);
  const opened = await openDuckdbStore({ directory: undefined, now: () => now });
  if (opened.problem !== undefined) throw new Error(opened.problem);
  const { store } = opened;
  const day = 86_400_000;
  const flow = (uuid: string, age: number) => stubFlow(uuid, BigInt(now - age * day) * 1_000_000n, `{"flow":"${uuid}"}`);
  const flows = [flow("00000000-0000-4000-8000-000000000001", 9), flow("00000000-0000-4000-8000-000000000002", 3)];
  const tally = { total: 2, flows: 2, notices: 0, agent: 0, rejected: 0, rejectedBy: {}, lost: {} };
  await store.append({ flows, tally, samples: [], agentWords: [], position: { feed: "f", offset: 1, state: "" } });
  const parts = { store, feeds: [], tell: () => undefined, now: () => now, retentionDays: 7 };
  const question = { window: { from: now - 30 * day, to: now }, filter: { include: [], exclude: [] }, text: "" };
  const attempts = async () => (await store.summary(question)).answer?.packets;
  expect(await attempts()).toBe(2);
  const demo = createEngineCore({ ...parts, store: { ...store, close: async () => undefined }, demo: { seed: 1, flows: 1 } });
  await demo.close();
  expect(await attempts()).toBe(2);
  const core = createEngineCore({ ...parts, store: { ...store, close: async () => undefined }, demo: undefined });
  await core.close();
  // takes its turn behind the forgetting
  await store.position("f");
  expect(await attempts()).toBe(1);
  expect((await store.status()).answer?.span?.oldest).toContain("2026-11-20");
  await store.close();
});

const EMPTY: Batch = {
  flows: [],
  tally: { total: 0, flows: 0, notices: 0, agent: 0, rejected: 0, rejectedBy: {}, lost: {} },
  samples: [],
  agentWords: [],
  position: { feed: "f", offset: 1, state: "" },
};

it("says that the store is broken when a batch could not be written, and still ends in order", async () => {
  const broken = Promise.withResolvers<unknown>();
  let isClosed = false;
  const store = {
    ...createMemoryStore({ now: () => 0 }),
    append: () => Promise.reject(new Error("disk full")),
    close: async () => {
      isClosed = true;
    },
  };
  const feed: FlowFeed = { ...waitingFeed("a.log"), isEndless: true, run: async (sink) => void (await sink.append(EMPTY)) };
  const core = createEngineCore({ store, feeds: [feed], demo: undefined, tell: () => undefined, onBroken: broken.resolve });
  expect(await broken.promise).toMatchObject({ message: "disk full" });
  await core.close();
  expect(isClosed).toBe(true);
});
