import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Store } from "#lib/stores/contract/law.ts";
import { describeStore } from "#lib/stores/contract/store-contract.ts";
import { sampleBatch, sampleFlow } from "#lib/testing/sample-flow.ts";
import { openDuckdbStore } from "./duckdb-store.ts";

const now = (): number => 1_737_619_300_000;
const START = 1_737_619_200_000;
const WHOLE = { window: { from: START, to: START + 60_000 }, filter: { include: [], exclude: [] }, text: "" };

let directory = "";
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "weir-store-"));
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

async function open(): Promise<Store> {
  const opened = await openDuckdbStore({ directory, now });
  if (opened.problem !== undefined) throw new Error(opened.problem);
  return opened.store;
}

describeStore("DuckDB in a directory", open);

test("a directory that is open is refused with a sentence", async () => {
  const store = await open();
  const second = await openDuckdbStore({ directory, now });
  expect(second.problem).toMatch(
    /^The data directory .* is in use: this process has it open already\. Stop it, or choose another directory\.$/,
  );
  await store.close();
  const third = await open();
  await third.close();
});

test("a directory that another process has open is refused, and taken over when that process is gone", async () => {
  const child = spawn(process.execPath, [join(import.meta.dirname, "torture-child.ts"), directory], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const gone = new Promise((resolve) => child.once("close", resolve));
  try {
    // One line says where it starts, each further one that a batch was committed.
    let lines = 0;
    for await (const text of child.stdout.iterator({ destroyOnReturn: false })) {
      lines += String(text).split("\n").length - 1;
      if (lines >= 2) break;
    }
    const refused = await openDuckdbStore({ directory, now });
    expect(refused.problem).toContain(`process ${child.pid} has it open`);
  } finally {
    child.kill("SIGKILL");
    await gone;
  }
  const store = await open();
  expect((await store.status()).answer?.lines.total).toBeGreaterThan(0);
  await store.close();
});

test("a lock that an earlier run with the same pid left behind is no owner", async () => {
  await writeFile(join(directory, "weir.lock"), `${process.pid} 1 00000000-0000-4000-8000-000000000000\n`);
  const store = await open();
  await store.close();
});

test("what was stored answers the same after a restart, and goes on counting exactly", async () => {
  const flow = (ms: number, uuid: string) =>
    sampleFlow({ time: BigInt(START + ms) * 1_000_000n, uuid: `00000000-0000-4000-8000-00000000000${uuid}` });
  const first = await open();
  await first.append(sampleBatch([flow(0, "0"), flow(1000, "1")], "feed", 2));
  const before = await first.summary(WHOLE);
  await first.close();
  const second = await open();
  expect(await second.summary(WHOLE)).toEqual(before);
  expect(await second.append(sampleBatch([flow(1000, "1"), flow(2000, "2")], "feed", 4))).toEqual({ stored: 1, duplicates: 1 });
  expect((await second.summary(WHOLE)).answer).toMatchObject({ attempts: 1, packets: 3 });
  expect((await second.position("feed"))?.offset).toBe(4);
  await second.close();
});

test("old flows leave, and what stays is counted exactly", async () => {
  const day = 86_400_000;
  const flow = (ms: number, number: number, port: number) =>
    sampleFlow({ time: BigInt(START + ms) * 1_000_000n, uuid: `00000000-0000-4000-8000-0000000000${number}`, sourcePort: port });
  const opened = await openDuckdbStore({ directory, now: () => START + 3 * day });
  if (opened.problem !== undefined) throw new Error(opened.problem);
  const { store } = opened;
  // One attempt only before the cut, one on both sides in one batch, one on both sides in two.
  await store.append(sampleBatch([flow(0, 10, 1), flow(5, 11, 2), flow(2 * day, 12, 2), flow(6, 13, 3)], "feed", 1));
  await store.append(sampleBatch([flow(2 * day + 1, 14, 3)], "feed", 2));
  await store.append(sampleBatch([flow(2 * day + 2, 15, 3)], "feed", 3));
  expect(await store.forgetBefore(START + day)).toBe(3);
  const question = { ...WHOLE, window: { from: START, to: START + 4 * day } };
  expect((await store.summary(question)).answer).toMatchObject({ attempts: 2, packets: 3 });
  expect((await store.status()).answer?.span).toEqual({ oldest: "2025-01-25T08:00:00Z", newest: "2025-01-25T08:00:00.002Z" });
  await store.close();
});
