/** Reads one log file, plain or gzip, from where the last run stopped to its end. */
import { createReadStream } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import type { LineJoiner } from "#lib/decode/join-lines.ts";
import type { FeedPosition, FlowSink } from "#lib/flows/batch.ts";
import { type BatchLimits, createIngest, type Ingest, type LineDecoder } from "../ingest.ts";
import { createLineCutter, type LineCutter } from "../line-cutter.ts";
import { openCheckedReader } from "./checked-reader.ts";
import { isZipFault, readHead } from "./file-head.ts";
import { identityOf, inodeOf, isWholeHead } from "./file-identity.ts";
import { type BytesOf, bytesOnDisk, type FileState, isInLine, readState, resumeAt, writeState } from "./file-state.ts";
import { type FoundFile, reasonOf, timeOf } from "./find-files.ts";
import { readBlocks } from "./read-blocks.ts";

export interface ReadFileParts {
  readonly file: FoundFile;
  /** Where it is open already; closed at the end. */
  readonly handle?: FileHandle | undefined;
  /** Of the flow before the lines that are to be read, if there is one; nanoseconds since 1970. */
  readonly timeBefore?: bigint | undefined;
  /** Read on afterwards: a last line without its end is left to whoever does. */
  readonly isFollowed?: boolean;
  readonly sink: FlowSink;
  readonly decoder: LineDecoder;
  readonly joiner: LineJoiner;
  readonly limits: BatchLimits;
  readonly signal: AbortSignal;
  readonly now: () => number;
  /** Whether the thread has nothing else to do: it waits for the disk itself. */
  readonly alone?: boolean;
  /** It was cut off: what was written to it just before may be missing. */
  readonly onCutOff?: () => void;
  /** Bytes read on disk and flows met so far, in this file. */
  readonly onProgress: (bytes: number, flows: number) => void;
}

const CUT_OFF = "It was cut off while it was read: lines written just before may be missing.";

/** What went wrong, empty = nothing. */
export type ReadOutcome = string;

export async function readFile(parts: ReadFileParts): Promise<ReadOutcome> {
  let handle: FileHandle;
  try {
    handle = parts.handle ?? (await open(parts.file.path, "r"));
  } catch (error) {
    return `${parts.file.path}: ${reasonOf(error)}`;
  }
  try {
    return await readOpened(handle, parts);
  } finally {
    await handle.close();
  }
}

async function readOpened(handle: FileHandle, parts: ReadFileParts): Promise<ReadOutcome> {
  const { file, sink, signal } = parts;
  const { isZipped: zipped, bytes: first } = await readHead(handle, file.path);
  if (typeof first === "string") return `${file.path}: ${first}`;
  if (first.length === 0) return "";
  // what is open, whatever was found under this name a moment ago
  const about = await handle.stat();
  const { size } = about;
  // its first line tells it from others, and may not be whole yet; under its name there may be another file that nobody has looked at
  if (parts.isFollowed === true && (!isWholeHead(first) || inodeOf(about) !== file.inode)) return "";
  const feed = identityOf(inodeOf(about), first);
  const start = await startOf(await sink.position(feed), handle, size, zipped);
  if (start === "all read") {
    parts.onProgress(size, 0);
    return "";
  }
  if (!zipped) parts.onProgress(start, 0);
  const content = zipped ? undefined : await contentOf(handle, first, start, parts);
  if (content === "anew") return `${file.path}: ${toldCutOff(parts)}`;
  const state: { -readonly [K in keyof FileState]: FileState[K] } = { path: file.path, size: 0 };
  const marks: string[] = [];
  const ingest = createIngest({
    ...parts,
    feed,
    label: file.path,
    firstTime: parts.timeBefore ?? timeOf(file),
    state: (offset) => (content === undefined ? JSON.stringify(state) : writeState(content.bytesOf, offset, state, marks)),
    start,
  });
  const cutter = createLineCutter(start, ingest.line, ingest.repeated, content !== undefined && isInLine(content.bytesOf, start));
  const outcome = content === undefined ? await readZip(parts, cutter, ingest, start) : await content.read(cutter, ingest);
  if (signal.aborted) {
    await ingest.abandon();
    return "";
  }
  // the whole file counts as read, so a finished .gz is not unpacked again to find that out
  state.size = size;
  // what is cut short may be completed
  if ((parts.isFollowed === true && !zipped) || outcome !== "") {
    await ingest.finish(false);
    return outcome === "" ? "" : `${file.path}: ${outcome}`;
  }
  if (cutter.pending > 0) state.open = cutter.offset - cutter.pending;
  cutter.end();
  await ingest.finish(true);
  return "";
}

/** Offset to go on from. A file that shrank was written anew; a last line that was open may have been completed. */
export async function startOf(
  position: FeedPosition | undefined,
  handle: FileHandle,
  size: number,
  zipped: boolean,
): Promise<number | "all read"> {
  if (position === undefined) return 0;
  const state = readState(position.state);
  if (zipped) return state?.size === size ? "all read" : position.offset;
  if (position.offset > size) return 0;
  if (position.offset === size) return "all read";
  const next = bytesOnDisk(handle.fd)(position.offset, position.offset + 1);
  return resumeAt(position.offset, state?.open, next?.[0]);
}

function toldCutOff({ onCutOff }: ReadFileParts): string {
  onCutOff?.();
  return CUT_OFF;
}

interface PlainContent {
  readonly bytesOf: BytesOf;
  /** What was wrong, empty = nothing. */
  read(cutter: LineCutter, ingest: Ingest): Promise<string>;
}

async function contentOf(handle: FileHandle, first: Uint8Array, start: number, parts: ReadFileParts): Promise<PlainContent | "anew"> {
  const goesOn = (): boolean => !parts.signal.aborted;
  if (parts.alone === true) {
    return {
      bytesOf: bytesOnDisk(handle.fd, first),
      read: async (cutter, ingest) => {
        const onRead = (): void => parts.onProgress(cutter.offset, ingest.flows);
        await readBlocks({ fd: handle.fd, from: start, cutter, ingest, goesOn, onRead });
        return "";
      },
    };
  }
  const checked = await openCheckedReader(handle, first, start);
  if (checked === undefined) return "anew";
  return {
    bytesOf: checked.bytesOf,
    read: async (cutter, ingest) => {
      while (goesOn()) {
        const block = await checked.read();
        if (block === "anew") return toldCutOff(parts);
        if (block.length === 0) break;
        cutter.push(block);
        parts.onProgress(cutter.offset, ingest.flows);
        await ingest.settle();
      }
      return "";
    },
  };
}

async function readZip(parts: ReadFileParts, cutter: LineCutter, ingest: Ingest, start: number): Promise<string> {
  const disk = createReadStream(parts.file.path, { highWaterMark: 1 << 20 });
  const unzipped = createGunzip({ chunkSize: 1 << 20 });
  let skip = start;
  try {
    await pipeline(
      disk,
      unzipped,
      async (chunks: AsyncIterable<Buffer>) => {
        for await (const chunk of chunks) {
          const from = Math.min(skip, chunk.length);
          skip -= from;
          cutter.push(chunk.subarray(from));
          parts.onProgress(disk.bytesRead, ingest.flows);
          await ingest.settle();
        }
      },
      { signal: parts.signal },
    );
    return "";
  } catch (error) {
    if (parts.signal.aborted) return "";
    if (isZipFault(error)) return `The gzip data is damaged or cut short: ${error.message}. Everything before that was read.`;
    throw error;
  }
}
