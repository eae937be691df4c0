/** The thread that reads large files: cuts lines, decodes them and hands batches of numbers to the thread that owns the store. */
import { performance } from "node:perf_hooks";
import { parentPort } from "node:worker_threads";
import { createDecoder } from "#lib/decode/decoder.ts";
import { createLineJoiner } from "#lib/decode/join-lines.ts";
import type { AppendResult, FeedPosition, FlowSink } from "#lib/flows/batch.ts";
import type { BatchLimits } from "../ingest.ts";
import type { FoundFile } from "./find-files.ts";
import { readFile } from "./read-file.ts";
import { type FromReader, toReader } from "./reader-messages.ts";
import { createBatchSender } from "./send-batch.ts";

const port = parentPort;
if (port === null) throw new Error("reader-thread.ts is a worker thread");

const PROGRESS_EVERY_MS = 40;
const decoder = createDecoder();
const sender = createBatchSender();
const now = (): number => performance.now();
const tell = (message: FromReader, transfer: ArrayBuffer[] = []): void => port.postMessage(message, transfer);

/** What waits for an answer of the other thread: one question at a time, and one batch. */
let positioned: ((position: FeedPosition | undefined) => void) | undefined;
let stored: (() => void) | undefined;

const sink: FlowSink = {
  append: (batch) =>
    new Promise<AppendResult>((resolve) => {
      // who counts duplicates is on the other side
      stored = () => resolve({ stored: batch.tally.flows, duplicates: 0 });
      const { sent, transfer } = sender.pack(batch);
      tell({ told: "batch", batch: sent }, transfer);
    }),
  position: (feed) =>
    new Promise((resolve) => {
      positioned = resolve;
      tell({ told: "where", feed });
    }),
};

async function read(file: FoundFile, limits: BatchLimits, isFollowed: boolean): Promise<void> {
  let toldAt = 0;
  let progress = { bytes: 0, flows: 0 };
  try {
    const trouble = await readFile({
      file,
      isFollowed,
      sink,
      limits,
      decoder,
      alone: true,
      joiner: createLineJoiner(),
      // who stops ends the thread
      signal: new AbortController().signal,
      now,
      onProgress: (bytes, flows) => {
        progress = { bytes, flows };
        if (now() - toldAt < PROGRESS_EVERY_MS) return;
        toldAt = now();
        tell({ told: "progress", ...progress });
      },
    });
    tell({ told: "progress", ...progress });
    tell({ told: "end", trouble });
  } catch (error) {
    tell({ told: "failed", why: error instanceof Error ? error.message : String(error) });
  }
}

port.on("message", (message) => {
  const told = toReader(message);
  switch (told.tell) {
    case "read":
      void read(told.file, told.limits, told.isFollowed);
      break;
    case "position":
      positioned?.(told.position);
      break;
    case "stored":
      stored?.();
      break;
  }
});
