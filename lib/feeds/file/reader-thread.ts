/** The thread that reads large files: cuts lines, decodes them and hands batches of numbers to the thread that owns the store. */
import { type FileHandle, open } from "node:fs/promises";
import { performance } from "node:perf_hooks";
import { parentPort } from "node:worker_threads";
import { createDecoder } from "#lib/decode/decoder.ts";
import { createLineJoiner } from "#lib/decode/join-lines.ts";
import type { AppendResult, FeedPosition, FlowSink } from "#lib/flows/batch.ts";
import { FlowRows } from "#lib/flows/flow-rows.ts";
import type { Learnt } from "../ingest.ts";
import { RepeatedLines } from "../repeated-lines.ts";
import { inodeOf } from "./file-identity.ts";
import { readFile } from "./read-file.ts";
import { readPiece } from "./read-piece.ts";
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

/** For pieces; a file read as a whole learns for itself. */
let learnt: Learnt | undefined;
/** The file that pieces were read of last: under its path there may be another one by now. */
let held: { readonly path: string; readonly inode: string; readonly handle: FileHandle } | undefined;

/** Undefined where it cannot be opened, as between a rotation's rename and its new file: whoever reads the rest tells what is wrong. */
async function hold(path: string): Promise<typeof held> {
  if (held?.path === path) return held;
  await held?.handle.close();
  held = undefined;
  const handle = await open(path, "r").catch(() => undefined);
  if (handle === undefined) return undefined;
  held = { path, inode: inodeOf(await handle.stat()), handle };
  return held;
}

/** For who closes it. */
function release(path: string): FileHandle | undefined {
  if (held?.path !== path) return undefined;
  const { handle } = held;
  held = undefined;
  return handle;
}

/** `work`: answers what to tell at its end. */
async function run(work: (onProgress: (bytes: number, flows: number) => void) => Promise<FromReader>): Promise<void> {
  let toldAt = 0;
  let progress = { bytes: 0, flows: 0 };
  try {
    const end = await work((bytes, flows) => {
      progress = { bytes, flows };
      if (now() - toldAt < PROGRESS_EVERY_MS) return;
      toldAt = now();
      tell({ told: "progress", ...progress });
    });
    tell({ told: "progress", ...progress });
    tell(end);
  } catch (error) {
    tell({ told: "failed", why: error instanceof Error ? error.message : String(error) });
  }
}

port.on("message", (message) => {
  const told = toReader(message);
  switch (told.tell) {
    case "read":
      void run(async (onProgress) => {
        // who stops ends the thread
        const { signal } = new AbortController();
        const parts = {
          ...told,
          handle: release(told.file.path),
          sink,
          decoder,
          alone: true,
          joiner: createLineJoiner(),
          signal,
          now,
          onProgress,
        };
        return { told: "end", trouble: await readFile(parts) };
      });
      break;
    case "piece":
      void run(async (onProgress) => {
        const opened = await hold(told.file.path);
        if (opened?.inode !== told.inode) return { told: "piece", isWhole: false };
        const { handle } = opened;
        learnt ??= { rows: new FlowRows(), repeats: new RepeatedLines() };
        const parts = { ...told, handle, sink, decoder, learnt, joiner: createLineJoiner(), now, onProgress };
        return { told: "piece", isWhole: await readPiece(parts) };
      });
      break;
    case "position":
      positioned?.(told.position);
      break;
    case "stored":
      stored?.();
      break;
  }
});
