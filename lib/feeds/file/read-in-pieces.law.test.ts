/** A file that two threads read in pieces gives what it gives when one reads it. */
import { mkdtemp, rename, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createRandom, goodLine } from "#lib/decode/fuzz-lines.ts";
import { lineOf } from "#lib/decode/line-text.ts";
import type { Batch } from "#lib/flows/batch.ts";
import { hostileLog } from "#lib/testing/hostile-log.ts";
import { createRecordingSink, type RecordingSink } from "#lib/testing/recording-sink.ts";
import { findFiles } from "./find-files.ts";
import { type PieceSizes, startReaders } from "./read-in-pieces.ts";
import { type PieceReader, type ReaderThread, startReaderThread } from "./read-in-thread.ts";

const LIMITS = { flows: 100, bytes: 1 << 26, ms: 1 << 30 };
const SIZES: PieceSizes = { piece: 40_000, rest: 500, least: 90_000 };

let dir = "";
let path = "";
let readers: ReaderThread;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "weir-pieces-"));
  path = join(dir, "a.log");
  readers = startReaders(startReaderThread, SIZES);
});
afterEach(async () => {
  await readers.close();
  await rm(dir, { recursive: true, force: true });
});

async function readWith(reader: ReaderThread, sink: RecordingSink, signal = new AbortController().signal): Promise<string> {
  const [file] = (await findFiles([path])).files;
  if (file === undefined) throw new Error("the log is there");
  return reader.read({ file, sink, limits: LIMITS, signal, onProgress: () => undefined });
}

/** A log whose every line is whole and has a time: it can be cut anywhere. */
function plainLog(count: number, seed: number): Buffer {
  const random = createRandom(seed);
  const lines = Array.from({ length: count }, () => goodLine(random).line);
  return Buffer.from(`${lines.filter((line) => /"time"/.test(line)).join("\n")}\n`, "latin1");
}

/** The same however it was cut into batches. */
function contentOf({ batches }: RecordingSink): object {
  const sum = (of: (batch: Batch) => number): number => batches.reduce((all, batch) => all + of(batch), 0);
  return {
    // how a line is kept depends on what its thread met before; what it is when it is shown again does not
    flows: batches.flatMap(({ flows }) => flows.map((flow) => ({ ...flow, parts: undefined, line: lineOf(flow.parts) }))),
    total: sum(({ tally }) => tally.total),
    flowLines: sum(({ tally }) => tally.flows),
    notices: sum(({ tally }) => tally.notices),
    agent: sum(({ tally }) => tally.agent),
    end: batches.at(-1)?.position,
  };
}

async function alone(): Promise<RecordingSink> {
  const sink = createRecordingSink();
  const one = startReaderThread();
  expect(await readWith(one, sink)).toBe("");
  await one.close();
  return sink;
}

it.each([
  ["whole lines", plainLog(900, 1), 4],
  ["lines without a time, parts of lines, damaged ones", hostileLog(700, 2), 1],
  ["a last line that is not ended", Buffer.concat([plainLog(400, 3), Buffer.from('{"flow":')]), 2],
  ["a line longer than a piece", Buffer.concat([plainLog(300, 4), Buffer.alloc(120_000, "x"), Buffer.from("\n"), plainLog(300, 5)]), 2],
])("gives what one thread gives: %s", async (_, log, leastBatches) => {
  await writeFile(path, log);
  const sink = createRecordingSink();
  expect(await readWith(readers, sink)).toBe("");
  expect(sink.batches.length).toBeGreaterThanOrEqual(leastBatches);
  expect(contentOf(sink)).toEqual(contentOf(await alone()));
  const offsets = sink.batches.map(({ position }) => position.offset);
  expect(offsets).toEqual(offsets.toSorted((a, b) => a - b));
});

it("goes on where it was stopped, nothing twice and nothing lost", async () => {
  await writeFile(path, plainLog(1200, 6));
  const sink = createRecordingSink();
  for (let stops = 0; stops < 3; stops++) {
    const stop = new AbortController();
    const stopping = createRecordingSink(() => Promise.resolve(stop.abort()));
    const append: RecordingSink["append"] = async (batch) => {
      await stopping.append(batch);
      return sink.append(batch);
    };
    await readWith(readers, { ...sink, append }, stop.signal);
    expect(sink.batches).toHaveLength(stops + 1);
    await readers.close();
    readers = startReaders(startReaderThread, SIZES);
  }
  expect(await readWith(readers, sink)).toBe("");
  expect(contentOf(sink)).toEqual(contentOf(await alone()));
});

it("reads the file that it began with, when another one takes its name meanwhile", async () => {
  await writeFile(path, plainLog(1200, 7));
  const whole = await alone();
  let isRotated = false;
  const sink = createRecordingSink(async () => {
    if (isRotated) return;
    isRotated = true;
    await rename(path, join(dir, "a.log.1"));
    await writeFile(path, plainLog(900, 8));
  });
  expect(await readWith(readers, sink)).toBe("");
  expect(sink.uuids()).toEqual(whole.uuids());
});

it("reads the file that it began with, when its name is gone before the second thread opens it", async () => {
  await writeFile(path, plainLog(1200, 7));
  const whole = await alone();
  let starts = 0;
  let isRenamed = false;
  const opened = Promise.withResolvers<void>();
  const startLate = (): PieceReader => {
    const reader = startReaderThread();
    const isSecond = ++starts === 2;
    return {
      ...reader,
      readPiece: async (parts) => {
        if (isSecond && !isRenamed) {
          isRenamed = true;
          await opened.promise;
          await rename(path, join(dir, "a.log.1"));
        }
        return reader.readPiece({
          ...parts,
          onProgress: (bytes, flows) => {
            opened.resolve();
            parts.onProgress(bytes, flows);
          },
        });
      },
    };
  };
  const lateReaders = startReaders(startLate, SIZES);
  const sink = createRecordingSink();
  expect(await readWith(lateReaders, sink)).toBe("");
  await lateReaders.close();
  expect(starts).toBe(2);
  expect(sink.uuids()).toEqual(whole.uuids());
});

it("stops at the end of a file that was cut short meanwhile", async () => {
  await writeFile(path, plainLog(1200, 9));
  const whole = await alone();
  const sink = createRecordingSink(() => truncate(path, 60_000));
  expect(await readWith(readers, sink)).toBe("");
  const read = sink.uuids();
  expect(read.length).toBeGreaterThan(20);
  expect(read).toEqual(whole.uuids().slice(0, read.length));
});

it("tells what the store said when it fails, and stores nothing behind that", async () => {
  await writeFile(path, plainLog(1200, 10));
  const sink = createRecordingSink(() => Promise.reject(new Error("disk full")));
  await expect(readWith(readers, sink)).rejects.toThrow("disk full");
  expect(sink.batches).toEqual([]);
});
