/** A file read in a thread of its own gives what it gives when it is read here. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createDecoder } from "#lib/decode/decoder.ts";
import { createLineJoiner } from "#lib/decode/join-lines.ts";
import type { Batch } from "#lib/flows/batch.ts";
import { hostileLog } from "#lib/testing/hostile-log.ts";
import { createRecordingSink, type RecordingSink } from "#lib/testing/recording-sink.ts";
import type { FlowFeed } from "../feed.ts";
import { createFileFeed } from "./file-feed.ts";
import { type ReaderThread, startReaderThread } from "./read-in-thread.ts";

const LIMITS = { flows: 150, bytes: 1 << 26, ms: 1 << 30 };

let dir = "";
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "weir-thread-"));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

function feedOf(paths: readonly string[], startThread: (() => ReaderThread) | undefined): FlowFeed {
  const [decoder, isLarge] = [createDecoder(), () => true];
  return createFileFeed({ paths, decoder, createJoiner: createLineJoiner, limits: LIMITS, startThread, isLarge });
}

async function read(paths: readonly string[], startThread: (() => ReaderThread) | undefined): Promise<RecordingSink> {
  const sink = createRecordingSink();
  const feed = feedOf(paths, startThread);
  await feed.run(sink, new AbortController().signal);
  expect(feed.reports().map(({ state, trouble }) => [state, trouble])).toEqual(paths.map(() => ["done", ""]));
  return sink;
}

function contentOf({ flows, tally, samples, agentWords, position }: Batch): object {
  return { flows, tally, samples, agentWords, position };
}

it("gives the same batches, file after file", async () => {
  const paths = [join(dir, "a.log"), join(dir, "b.log.gz")];
  await writeFile(paths[0] ?? "", hostileLog(700, 1));
  await writeFile(paths[1] ?? "", gzipSync(hostileLog(300, 2)));
  const here = await read(paths, undefined);
  const there = await read(paths, startReaderThread);
  expect(here.batches.length).toBeGreaterThan(6);
  expect(there.batches.map(contentOf)).toEqual(here.batches.map(contentOf));
});

it("goes on where it was stopped, nothing twice and nothing lost", async () => {
  const path = join(dir, "a.log");
  await writeFile(path, hostileLog(900, 3));
  const whole = await read([path], undefined);
  const sink = createRecordingSink();
  const stop = new AbortController();
  const feed = feedOf([path], startReaderThread);
  await feed.run(
    {
      append: async (batch) => {
        stop.abort();
        return sink.append(batch);
      },
      position: sink.position,
    },
    stop.signal,
  );
  expect(feed.reports()[0]?.state).toBe("stopped");
  expect(sink.batches).toHaveLength(1);
  await feedOf([path], startReaderThread).run(sink, new AbortController().signal);
  expect(sink.uuids()).toEqual(whole.uuids());
  expect(sink.total()).toBe(whole.total());
});

it("has one batch on its way at a time", async () => {
  const path = join(dir, "a.log");
  await writeFile(path, hostileLog(900, 4));
  let underway = 0;
  let most = 0;
  const sink = createRecordingSink(async () => {
    most = Math.max(most, ++underway);
    await new Promise((resolve) => setTimeout(resolve, 5));
    underway--;
  });
  await feedOf([path], startReaderThread).run(sink, new AbortController().signal);
  expect(sink.batches.length).toBeGreaterThan(3);
  expect(most).toBe(1);
});

it("tells what the store said when it fails", async () => {
  const path = join(dir, "a.log");
  await writeFile(path, hostileLog(300, 5));
  const feed = feedOf([path], startReaderThread);
  await feed.run(
    createRecordingSink(() => Promise.reject(new Error("disk full"))),
    new AbortController().signal,
  );
  expect(feed.reports()[0]).toMatchObject({ state: "failed", trouble: "Reading stopped: disk full" });
});

it.each([
  ["throws", 'setTimeout(() => { throw new Error("broken on purpose") }, 20)', "Reading stopped: broken on purpose"],
  ["leaves", "setTimeout(() => process.exit(3), 20)", "Reading stopped: the thread that reads ended by itself (exit code 3)"],
  ["does not start", "import 'nowhere'", "Reading stopped: "],
])("is a visible failure when the thread %s", async (_, script, trouble) => {
  const path = join(dir, "a.log");
  await writeFile(path, hostileLog(10, 6));
  const entry = new URL(`data:text/javascript,${encodeURIComponent(script)}`);
  const feed = feedOf([path], () => startReaderThread(entry));
  await feed.run(createRecordingSink(), new AbortController().signal);
  expect(feed.reports()[0]?.state).toBe("failed");
  expect(feed.reports()[0]?.trouble).toContain(trouble);
});

it("names a file that is gone by then", async () => {
  const path = join(dir, "a.log");
  await writeFile(path, hostileLog(1, 7));
  const thread = startReaderThread();
  const gone = { path: join(dir, "b.log"), asked: 0, size: 1, mtimeMs: 0, inode: "1:1", birthMs: 0 };
  const { signal } = new AbortController();
  const trouble = await thread.read({ file: gone, sink: createRecordingSink(), limits: LIMITS, signal, onProgress: () => undefined });
  await thread.close();
  expect(trouble).toContain("No such file.");
});
