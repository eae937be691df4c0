/** Files that grow, are rotated, cut off, compressed and joined by others while they are followed. */
import { appendFile, copyFile, mkdir, mkdtemp, rename, rm, truncate, unlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createLineJoiner } from "#lib/decode/join-lines.ts";
import { createRandom } from "#lib/feeds/demo/random.ts";
import type { FeedReport } from "#lib/questions/answer.ts";
import { createRecordingSink, type RecordingSink } from "#lib/testing/recording-sink.ts";
import { stubDecode } from "#lib/testing/stub-decoder.ts";
import { createFileFeed } from "./file-feed.ts";

let dir = "";
const ended: (() => Promise<void>)[] = [];
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "weir-follow-"));
});
afterEach(async () => {
  for (const end of ended.splice(0)) await end();
  await rm(dir, { recursive: true, force: true });
});

const at = (name: string): string => join(dir, name);

function follow(sink: RecordingSink, ...names: string[]): { readonly report: () => FeedReport | undefined; stop(): Promise<void> } {
  const feed = createFileFeed({
    paths: names.map(at),
    decoder: { decode: (line, context) => stubDecode(line.replace(/^\S+ stdout [PF] /, ""), context) },
    createJoiner: createLineJoiner,
    limits: { flows: 100, bytes: 1 << 20, ms: 50 },
    follow: { pollMs: 5, searchMs: 20, lingerMs: 2_000 },
  });
  const stopping = new AbortController();
  const done = feed.run(sink, stopping.signal);
  const stop = async (): Promise<void> => {
    stopping.abort();
    await done;
  };
  ended.push(stop);
  return { report: () => feed.reports()[0], stop };
}

async function stored(sink: RecordingSink, ...uuids: string[]): Promise<void> {
  for (let tries = 0; tries < 600 && sink.uuids().length < uuids.length; tries++) await wait(10);
  expect(sink.uuids().sort()).toEqual([...uuids].sort());
}

/** Long enough for whatever would come twice to come. */
const settle = (): Promise<void> => wait(200);

describe("one file", () => {
  it("brings what is appended, whole lines only", async () => {
    await writeFile(at("a.log"), "flow a\n");
    const sink = createRecordingSink();
    const { report } = follow(sink, "a.log");
    await stored(sink, "a");
    await appendFile(at("a.log"), "flow b\nflow ");
    await stored(sink, "a", "b");
    await appendFile(at("a.log"), "c\n");
    await stored(sink, "a", "b", "c");
    expect(sink.total()).toBe(3);
    expect(report()).toMatchObject({ state: "following", trouble: "" });
  });

  it("reads what was renamed to its end, also what its writer appends late, and the new one", async () => {
    await writeFile(at("a.log"), "flow a\n");
    const sink = createRecordingSink();
    follow(sink, "a.log");
    await stored(sink, "a");
    await appendFile(at("a.log"), "flow b\n");
    await rename(at("a.log"), at("a.log.1"));
    await appendFile(at("a.log.1"), "flow c\n");
    await writeFile(at("a.log"), "flow d\n");
    await appendFile(at("a.log.1"), "flow e\n");
    await stored(sink, "a", "b", "c", "d", "e");
  });

  it("begins anew when it is cut off and written again", async () => {
    await writeFile(at("a.log"), "flow a\nflow b\n");
    const sink = createRecordingSink();
    const { report } = follow(sink, "a.log");
    await stored(sink, "a", "b");
    await copyFile(at("a.log"), at("a.copy"));
    await truncate(at("a.log"));
    await appendFile(at("a.log"), "flow c\n");
    await stored(sink, "a", "b", "c");
    for (let tries = 0; tries < 300 && report()?.trouble === ""; tries++) await wait(10);
    expect(report()).toMatchObject({ state: "following", trouble: expect.stringContaining("lines written just before may be missing") });
  });

  it("takes back half a line that was there at the beginning, when the rest of it comes", async () => {
    await writeFile(at("a.log"), "flow a\ninfo hal");
    const sink = createRecordingSink();
    const { report } = follow(sink, "a.log");
    for (let tries = 0; tries < 300 && report()?.state !== "following"; tries++) await wait(10);
    await settle();
    await appendFile(at("a.log"), "f\nflow b\n");
    await stored(sink, "a", "b");
    expect(sink.positions.values().next().value?.offset).toBe("flow a\ninfo half\nflow b\n".length);
  });

  it("comes later, goes, and comes again", async () => {
    const sink = createRecordingSink();
    follow(sink, "a.log");
    await wait(60);
    await writeFile(at("a.log"), "flow a\n");
    await stored(sink, "a");
    await unlink(at("a.log"));
    await wait(60);
    await writeFile(at("a.log"), "flow b\n");
    await stored(sink, "a", "b");
  });

  it("joins the parts of a line that come one after the other", async () => {
    await writeFile(at("a.log"), "2026-01-01T00:00:00Z stdout F flow a\n");
    const sink = createRecordingSink();
    follow(sink, "a.log");
    await stored(sink, "a");
    await appendFile(at("a.log"), "2026-01-01T00:00:01Z stdout P flow \n");
    await wait(50);
    await appendFile(at("a.log"), "2026-01-01T00:00:01Z stdout F b\n");
    await stored(sink, "a", "b");
    expect(sink.total()).toBe(2);
  });
});

it("waits for a slow store instead of reading on, and loses nothing", async () => {
  const line = (number: number): string => `flow n${number}-${"x".repeat(2_000)}\n`;
  await writeFile(at("a.log"), "info begin\n");
  const sink = createRecordingSink(() => wait(5));
  const { report } = follow(sink, "a.log");
  for (let tries = 0; tries < 300 && report()?.state !== "following"; tries++) await wait(10);
  const before = report()?.bytesRead ?? 0;
  const count = 2_000;
  await appendFile(at("a.log"), Array.from({ length: count }, (_, number) => line(number)).join(""));
  let most = 0;
  for (let tries = 0; tries < 2_000 && sink.uuids().length < count; tries++) {
    const stored = sink.batches.reduce((sum, batch) => Math.max(sum, batch.position.offset), 0);
    most = Math.max(most, (report()?.bytesRead ?? 0) - before - stored);
    await wait(5);
  }
  expect(new Set(sink.uuids()).size).toBe(count);
  // a block, and what it makes of batches
  expect(most).toBeLessThan(2 << 20);
});

describe("a directory", () => {
  it("reads new files, and each rotated one once, also compressed", async () => {
    await writeFile(at("0.log"), "flow a\n");
    const sink = createRecordingSink();
    follow(sink, ".");
    await stored(sink, "a");
    await rename(at("0.log"), at("0.log.20260101"));
    await writeFile(at("0.log"), "flow b\n");
    await stored(sink, "a", "b");
    await settle();
    await writeFile(at("0.log.20260101.gz"), gzipSync("flow a\n"));
    await unlink(at("0.log.20260101"));
    await writeFile(at("1.log"), "flow c\n");
    await stored(sink, "a", "b", "c");
    await settle();
    await stored(sink, "a", "b", "c");
  });
});

it("goes on where it stopped, over rotations at random, with new files that are empty at first and a slow store", async () => {
  await Promise.all([5, 6, 7, 8].map(rotateAtRandom));
});

async function rotateAtRandom(seed: number): Promise<void> {
  const random = createRandom(seed);
  const sink = createRecordingSink(() => wait(random.below(10)));
  const written: string[] = [];
  const log = join(`${seed}`, "a.log");
  await mkdir(at(`${seed}`));
  await writeFile(at(log), "info begin\n");
  for (let run = 0; run < 4; run++) {
    const { stop } = follow(sink, `${seed}`);
    for (let step = 0; step < 25; step++) {
      const uuid = `u${written.length}`;
      written.push(uuid);
      await appendFile(at(log), `flow ${uuid}\n`);
      if (random.below(3) === 0) {
        await rename(at(log), at(`${log}.${written.length}`));
        await writeFile(at(log), random.below(2) === 0 ? "" : `info file ${written.length}\n`);
      }
      await wait(random.below(12));
    }
    await stop();
  }
  follow(sink, `${seed}`);
  await stored(sink, ...written);
}
