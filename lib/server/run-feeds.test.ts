import { expect, it } from "vitest";
import type { FlowFeed } from "#lib/feeds/feed.ts";
import type { FlowSink } from "#lib/flows/batch.ts";
import { createRecordingSink } from "#lib/testing/recording-sink.ts";
import { runFeeds } from "./run-feeds.ts";

const QUICK = { firstMs: 1, mostMs: 4 };

function feed(name: string, run: (time: number, signal: AbortSignal, sink: FlowSink) => Promise<void>, isEndless: boolean): FlowFeed {
  let times = 0;
  return {
    names: [name],
    isEndless,
    reports: () => [],
    run: (sink, signal) => {
      times += 1;
      return run(times, signal, sink);
    },
  };
}

const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));

it("runs again what should not have ended, the others go on meanwhile, and all of them stop", async () => {
  const stop = new AbortController();
  const troubles: string[] = [];
  const order: string[] = [];
  const settled = Promise.withResolvers<void>();
  const done = runFeeds({
    feeds: [
      feed("calm", (_, signal) => untilAborted(signal), true),
      feed(
        "flapping",
        async (time, signal) => {
          order.push(`run ${time}`);
          if (time === 1) throw new Error("torn");
          if (time < 4) return;
          settled.resolve();
          await untilAborted(signal);
        },
        true,
      ),
      feed("once", async () => void order.push("once"), false),
      feed("broken", () => Promise.reject(new Error("no such thing")), false),
    ],
    sink: createRecordingSink(),
    signal: stop.signal,
    onTrouble: (text) => troubles.push(text),
    backOff: QUICK,
  });
  await settled.promise;
  stop.abort();
  await done;
  expect(order.filter((entry) => entry === "once")).toHaveLength(1);
  expect(order.filter((entry) => entry !== "once")).toEqual(["run 1", "run 2", "run 3", "run 4"]);
  expect(troubles.filter((text) => text.startsWith("flapping begins again"))).toHaveLength(3);
  expect(troubles.join("\n")).toContain("torn");
  expect(troubles.join("\n")).toContain("broken: Error: no such thing");
});

it("does not begin again what is told to stop while it waits", async () => {
  const stop = new AbortController();
  let runs = 0;
  const done = runFeeds({
    feeds: [
      feed(
        "flapping",
        async () => {
          runs += 1;
        },
        true,
      ),
    ],
    sink: createRecordingSink(),
    signal: stop.signal,
    onTrouble: () => stop.abort(),
    backOff: { firstMs: 60_000, mostMs: 60_000 },
  });
  await done;
  expect(runs).toBe(1);
});
