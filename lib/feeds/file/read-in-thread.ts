/** Reads large files in a thread of their own, so that decoding and storing use two cores. */
import { Worker } from "node:worker_threads";
import type { FlowSink } from "#lib/flows/batch.ts";
import type { BatchLimits } from "../ingest.ts";
import type { FoundFile } from "./find-files.ts";
import type { ReadOutcome } from "./read-file.ts";
import type { Piece } from "./read-piece.ts";
import { type FromReader, fromReader, type ToReader } from "./reader-messages.ts";
import { createBatchReceiver } from "./send-batch.ts";

export interface ReaderThread {
  /** As readFile does. Rejects when the store does, or when the thread dies. One file at a time. */
  read(parts: ThreadReadParts): Promise<ReadOutcome>;
  close(): Promise<void>;
}

/** One that reads pieces, too. */
export interface PieceReader extends ReaderThread {
  /** As readPiece does; the file stays open for the pieces after it, and for `read`. A piece that was stopped is not whole. Rejects as `read` does. */
  readPiece(parts: ThreadPieceParts): Promise<boolean>;
}

export interface ThreadPieceParts extends Omit<ThreadReadParts, "isFollowed" | "timeBefore"> {
  readonly feed: string;
  /** Device and inode of the file that the piece is of; no piece of another one is whole. */
  readonly inode: string;
  readonly piece: Piece;
}

export interface ThreadReadParts {
  readonly file: FoundFile;
  readonly isFollowed?: boolean;
  /** Of the flow before, where lines of the file were read already; nanoseconds since 1970. */
  readonly timeBefore?: bigint | undefined;
  readonly sink: FlowSink;
  readonly limits: BatchLimits;
  readonly signal: AbortSignal;
  readonly onProgress: (bytes: number, flows: number) => void;
}

/** Smaller files are read sooner than a thread starts. */
const LARGE = 32 << 20;
const LARGE_ZIPPED = 2 << 20;
/** Lines are short-lived: the usual 16 MB half space moves too many of them. */
const YOUNG_GENERATION_MB = 96;
const ENTRY = new URL("./reader-thread.ts", import.meta.url);

type Ended = (FromReader & { readonly told: "end" | "piece" }) | undefined;

export function isLarge(file: Pick<FoundFile, "path" | "size">): boolean {
  return file.size >= (file.path.endsWith(".gz") ? LARGE_ZIPPED : LARGE);
}

export function startReaderThread(entry = ENTRY): PieceReader {
  const worker = new Worker(entry, { name: "weir-reader", resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB } });
  const receiver = createBatchReceiver();
  const tell = (message: ToReader): void => worker.postMessage(message);
  let dead: Error | undefined;
  let onMessage: (told: FromReader) => void = () => undefined;
  let onDeath: (why: Error) => void = () => undefined;
  const die = (why: Error): void => {
    dead ??= why;
    onDeath(dead);
  };
  worker.on("message", (message) => onMessage(fromReader(message)));
  worker.on("error", (error) => die(error instanceof Error ? error : new Error(String(error))));
  worker.on("messageerror", die);
  worker.on("exit", (code) => die(new Error(`the thread that reads ended by itself (exit code ${code})`)));

  /** Answers what the thread told at the end; undefined = stopped. */
  const run = (asked: ToReader, { sink, signal, onProgress }: Pick<ThreadReadParts, "sink" | "signal" | "onProgress">): Promise<Ended> =>
    new Promise((resolve, reject) => {
      let sending: Promise<unknown> = Promise.resolve();
      const end = (settle: () => void): void => {
        signal.removeEventListener("abort", stop);
        onMessage = () => undefined;
        onDeath = () => undefined;
        settle();
      };
      /** What the store has got, it may finish; nothing new is handed to it. */
      const stop = (): void => {
        end(() => void sending.catch(() => undefined).then(() => resolve(undefined)));
      };
      if (dead !== undefined) return reject(dead);
      if (signal.aborted) return resolve(undefined);
      signal.addEventListener("abort", stop, { once: true });
      onDeath = (why) => end(() => reject(why));
      onMessage = (told) => {
        switch (told.told) {
          case "where":
            sink.position(told.feed).then(
              (position) => tell({ tell: "position", position }),
              (error: unknown) => end(() => reject(error)),
            );
            break;
          case "batch":
            sending = sink.append(receiver.unpack(told.batch));
            sending.then(
              () => tell({ tell: "stored" }),
              (error: unknown) => end(() => reject(error)),
            );
            break;
          case "progress":
            onProgress(told.bytes, told.flows);
            break;
          case "end":
          case "piece":
            end(() => resolve(told));
            break;
          case "failed":
            end(() => reject(new Error(told.why)));
            break;
        }
      };
      tell(asked);
    });

  return {
    read: async ({ file, isFollowed = false, timeBefore, limits, ...parts }) => {
      const ended = await run({ tell: "read", file, limits, isFollowed, timeBefore }, parts);
      return ended?.told === "end" ? ended.trouble : "";
    },
    readPiece: async ({ file, feed, inode, piece, limits, ...parts }) => {
      const ended = await run({ tell: "piece", file, feed, inode, piece, limits }, parts);
      return ended?.told === "piece" && ended.isWhole;
    },
    close: async () => {
      onDeath = () => undefined;
      await worker.terminate();
    },
  };
}
