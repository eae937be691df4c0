/** Files that are rotated, copied, cut off and compressed, while Weir is down: every line once, although none has a uuid to be known by. */
import { appendFile, copyFile, mkdir, mkdtemp, readFile as read, rename, rm, truncate, unlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createRandom, type Random } from "#lib/feeds/demo/random.ts";
import { WHOLE_LINES } from "#lib/feeds/whole-lines.ts";
import type { FeedReport } from "#lib/questions/answer.ts";
import { createRecordingSink, type RecordingSink } from "#lib/testing/recording-sink.ts";
import { stubDecode } from "#lib/testing/stub-decoder.ts";
import { createFileFeed } from "./file-feed.ts";

let dir = "";
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "weir-recognise-"));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const at = (name: string): string => join(dir, name);

interface Run {
  readonly reports: () => readonly FeedReport[];
  readonly done: Promise<void>;
  stop(): Promise<void>;
}

/** Reads a directory, and follows it where `isFollowed`. */
function run(sink: RecordingSink, name = ".", isFollowed = false): Run {
  const feed = createFileFeed({
    paths: [at(name)],
    decoder: { decode: stubDecode },
    createJoiner: () => WHOLE_LINES,
    limits: { flows: 20, bytes: 1 << 20, ms: 5 },
    ...(isFollowed ? { follow: { pollMs: 3, searchMs: 10, lingerMs: 150 } } : {}),
  });
  const stopping = new AbortController();
  const done = feed.run(sink, stopping.signal);
  const stop = (): Promise<void> => {
    stopping.abort();
    return done;
  };
  return { reports: feed.reports, done, stop };
}

const readAll = (sink: RecordingSink): Promise<void> => run(sink).done;

async function compress(name: string): Promise<void> {
  await writeFile(at(".part"), gzipSync(await read(at(name))));
  await rename(at(".part"), at(`${name}.gz`));
  await unlink(at(name));
}

const lines = (from: number, to: number): string => Array.from({ length: to - from }, (_, index) => `flow n${from + index}\n`).join("");
const names = (to: number): string[] => Array.from({ length: to }, (_, index) => `n${index}`);

describe("while Weir is down", () => {
  it.each([1, 3, 5_000])("a file of which %i lines were read is compressed: the .gz goes on in its middle", async (count) => {
    await writeFile(at("a.log"), lines(0, count));
    const sink = createRecordingSink();
    await readAll(sink);
    await appendFile(at("a.log"), lines(count, count + 5));
    await rename(at("a.log"), at("a.log.1"));
    await compress("a.log.1");
    await writeFile(at("a.log"), lines(count + 5, count + 7));
    await readAll(sink);
    expect(sink.uuids()).toEqual(names(count + 7));
    await readAll(sink);
    expect(sink.total()).toBe(count + 7);
  });

  it("its last line is completed before it is compressed", async () => {
    await writeFile(at("a.log"), "flow n0\ninfo hal");
    const sink = createRecordingSink();
    await readAll(sink);
    await appendFile(at("a.log"), "f\nflow n1\n");
    await compress("a.log");
    await readAll(sink);
    expect(sink.uuids()).toEqual(["n0", "n1"]);
    // the half line, and then the whole one
    expect(sink.total()).toBe(4);
  });

  it("it is copied and then cut off", async () => {
    await writeFile(at("a.log"), lines(0, 10));
    const sink = createRecordingSink();
    await readAll(sink);
    await appendFile(at("a.log"), lines(10, 12));
    await copyFile(at("a.log"), at("a.log.1"));
    await writeFile(at("a.log"), lines(12, 14));
    await readAll(sink);
    expect(sink.uuids().sort()).toEqual(names(14).sort());
  });

  it("another file begins with the same lines and goes on in another way", async () => {
    await writeFile(at("a.log"), `info begin\n${lines(0, 300)}`);
    const sink = createRecordingSink();
    await readAll(sink);
    await writeFile(at("b.log.gz"), gzipSync(`info begin\n${lines(200, 600)}`));
    await readAll(sink);
    expect(sink.uuids()).toHaveLength(700);
  });

  it("its .gz is not whole yet: nothing comes twice, and the rest when it is", async () => {
    const random = createRandom(3);
    const text = Array.from({ length: 3_000 }, (_, index) => `flow n${index}-${random.below(1e9)}\n`);
    await writeFile(at("a.log"), text.slice(0, 2_500).join(""));
    const sink = createRecordingSink();
    await readAll(sink);
    const zipped = gzipSync(text.join(""));
    await writeFile(at("a.log.1.gz"), zipped.subarray(0, zipped.length / 2));
    const cut = run(sink);
    await cut.done;
    expect(cut.reports()[0]?.trouble).toContain("still being compressed");
    expect(sink.total()).toBe(2_500);
    await writeFile(at("a.log.1.gz"), zipped);
    await readAll(sink);
    expect(sink.uuids()).toEqual(text.map((line) => line.slice(5, -1)));
  });
});

/** What logrotate does: `create`, `copytruncate`, each with `compress`. */
async function rotate(log: string, turn: number, random: Random): Promise<void> {
  const isCopy = random.below(2) === 0;
  if (isCopy) {
    await copyFile(at(log), at(`.part-${log.replace("/", "-")}`));
    await rename(at(`.part-${log.replace("/", "-")}`), at(`${log}.${turn}`));
    await truncate(at(log));
  } else {
    await rename(at(log), at(`${log}.${turn}`));
    await writeFile(at(log), "");
  }
  if (random.below(2) === 0) await compress(`${log}.${turn}`);
}

async function caughtUp(sink: RecordingSink, count: number): Promise<void> {
  for (let tries = 0; tries < 500 && sink.uuids().length < count; tries++) await wait(5);
}

it.each([11, 12, 13, 14, 15, 16])("has every line once over rotations and compressions at random between two runs (%i)", async (seed) => {
  const random = createRandom(seed);
  const sink = createRecordingSink(() => wait(random.below(4)));
  const log = join(`${seed}`, "a.log");
  await mkdir(at(`${seed}`));
  await writeFile(at(log), "");
  let count = 0;
  let turn = 0;
  const write = async (): Promise<void> => {
    const next = count + 1 + random.below(6);
    await appendFile(at(log), lines(count, next));
    count = next;
  };
  for (let life = 0; life < 4; life++) {
    const { stop } = run(sink, `${seed}`, true);
    for (let step = 0; step < 10; step++) {
      await write();
      await wait(random.below(10));
    }
    await stop();
    for (let step = random.below(4); step > 0; step--) {
      await write();
      if (random.below(2) === 0) await rotate(log, turn++, random);
    }
  }
  const last = run(sink, `${seed}`, true);
  await caughtUp(sink, count);
  // long enough for whatever would come twice to come
  await wait(250);
  await last.stop();
  expect(sink.uuids().sort()).toEqual(names(count).sort());
});
