import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { expect, it } from "vitest";
import { openDuckdbStore } from "#lib/stores/duckdb/duckdb-store.ts";
import { sampleFlow } from "#lib/testing/sample-flow.ts";
import type { EngineNews } from "./engine-protocol.ts";
import { keepForgetting } from "./keep-forgetting.ts";

it("keeps the newest flows within the size, and gives the disk back", async () => {
  const directory = mkdtempSync(join(tmpdir(), "weir-retention-"));
  const opened = await openDuckdbStore({ directory, now: Date.now });
  if (opened.problem !== undefined) throw new Error(opened.problem);
  const { store } = opened;
  const start = 1_795_000_000_000_000_000n;
  const PER_BATCH = 20_000;
  const BATCHES = 10;
  for (let batch = 0; batch < BATCHES; batch++) {
    const flows = Array.from({ length: PER_BATCH }, (_, index) => {
      const number = batch * PER_BATCH + index;
      return sampleFlow({
        uuid: `${(Math.imul(number, 0x9e3779b1) >>> 0).toString(16).padStart(8, "0")}-0000-4000-8000-${number.toString(16).padStart(12, "0")}`,
        time: start + BigInt(number) * 1_000_000n,
        sourcePort: 1_024 + ((number * 7) % 60_000),
        sourceIp: `10.0.${number % 250}.${number % 199}`,
      });
    });
    const tally = { total: flows.length, flows: flows.length, notices: 0, agent: 0, rejected: 0, rejectedBy: {}, lost: {} };
    await store.append({ flows, tally, samples: [], agentWords: [], position: { feed: "f", offset: batch, state: "" } });
  }
  const before = await store.size();
  const limit = before * 0.6;
  const stop = keepForgetting({ store, demo: undefined, retentionBytes: limit, tell: () => undefined, everyMs: { days: 1e6, bytes: 20 } });
  for (let tries = 0; tries < 500 && (await store.size()) > limit; tries++) await wait(20);
  stop();
  expect(before).toBeGreaterThan(2_000_000);
  expect(await store.size()).toBeLessThanOrEqual(limit);
  const status = await store.status();
  expect(status.answer?.span?.newest).toContain(
    new Date(Number((start + BigInt(PER_BATCH * BATCHES - 1) * 1_000_000n) / 1_000_000n)).toISOString().slice(0, 19),
  );
  expect(Date.parse(status.answer?.span?.oldest ?? "")).toBeGreaterThan(Number(start / 1_000_000n));
  await store.close();
  rmSync(directory, { recursive: true, force: true });
});

it("stops before it has forgotten every flow where forgetting does not help, and says so", async () => {
  const [names, flows] = [900, 600];
  let kept = 1;
  const shares: number[] = [];
  const store = {
    forgetBefore: () => Promise.resolve(0),
    size: () => Promise.resolve(names + flows * kept),
    forgetOldest: (share: number) => {
      shares.push(share);
      kept *= 1 - share;
      return Promise.resolve(1);
    },
  };
  const told: string[] = [];
  const tell = (news: EngineNews): void => void told.push(news.news === "trouble" ? news.text : "");
  const rounds = async (retentionBytes: number): Promise<void> => {
    const stop = keepForgetting({ store, demo: undefined, retentionBytes, tell, everyMs: { days: 1e6, bytes: 1 } });
    for (let turn = 0; turn < 30; turn++) await wait(2);
    stop();
  };
  await rounds(1_400);
  expect(await store.size()).toBeLessThanOrEqual(1_400);
  expect(told).toEqual([]);
  shares.length = 0;
  [kept] = [0.1];
  await rounds(500);
  expect(shares).toEqual([0.25, 0.25]);
  expect(told).toEqual([expect.stringContaining("no more old flows are forgotten")]);
});

it("has nothing to do without a limit, with demo data, or for a store that cannot forget", () => {
  const never = () => Promise.reject(new Error("not asked"));
  const store = { forgetBefore: never, forgetOldest: never, size: never };
  const told: unknown[] = [];
  const tell = (news: unknown): void => void told.push(news);
  keepForgetting({ store, demo: undefined, tell })();
  keepForgetting({ store, demo: {}, retentionDays: 1, retentionBytes: 1, tell })();
  keepForgetting({ store: {}, demo: undefined, retentionDays: 1, retentionBytes: 1, tell })();
  expect(told).toEqual([]);
});
