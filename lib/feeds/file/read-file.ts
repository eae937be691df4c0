/** Reads one log file, plain or gzip, from where the last run stopped to its end. */
import { createReadStream, readSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import type { LineJoiner } from "#lib/decode/join-lines.ts";
import type { FeedPosition, FlowSink } from "#lib/flows/batch.ts";
import { type BatchLimits, createIngest, type Ingest, type LineDecoder } from "../ingest.ts";
import { createLineCutter, type LineCutter } from "../line-cutter.ts";
import { identityOf } from "./file-identity.ts";
import { type FileState, readState, writeState } from "./file-state.ts";
import { type FoundFile, reasonOf } from "./find-files.ts";

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
  /** Bytes read on disk and flows met so far, in this file. */
  readonly onProgress: (bytes: number, flows: number) => void;
}

/** What went wrong, empty = nothing. */
export type ReadOutcome = string;

const HEAD_BYTES = 1_024;
const BLOCK_BYTES = 1 << 20;

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
  const head = await headOf(handle);
  if (head.length === 0) return "";
  const zipped = isZip(head);
  const first = zipped ? await headOfZip(file.path) : head;
  if (typeof first === "string") return `${file.path}: ${first}`;
  // what is open, whatever was found under this name a moment ago
  const { dev, ino, size } = await handle.stat();
  const feed = identityOf(`${dev}:${ino}`, first);
  const start = await startOf(await sink.position(feed), handle, size, zipped);
  if (start === "all read") {
    parts.onProgress(size, 0);
    return "";
  }
  if (!zipped) parts.onProgress(start, 0);
  const state: { -readonly [K in keyof FileState]: FileState[K] } = { path: file.path, size: 0 };
  const ingest = createIngest({
    ...parts,
    feed,
    label: file.path,
    firstTime: parts.timeBefore ?? firstTimeOf(file),
    state: (offset) => (zipped ? JSON.stringify(state) : writeState(handle.fd, offset, state)),
    start,
  });
  const cutter = createLineCutter(start, ingest.line, ingest.repeated);
  const readPlain = parts.alone === true ? readAlone : readBeside;
  const outcome = zipped ? await readZip(parts, cutter, ingest, start) : await readPlain(handle, parts, cutter, ingest, start);
  if (signal.aborted) {
    await ingest.abandon();
    return "";
  }
  // the whole file counts as read, so a finished .gz is not unpacked again to find that out
  state.size = size;
  if (parts.isFollowed === true && !zipped) {
    await ingest.finish(false);
    return "";
  }
  if (cutter.pending > 0) state.open = cutter.offset - cutter.pending;
  cutter.end();
  await ingest.finish(true);
  return outcome === "" ? "" : `${file.path}: ${outcome}`;
}

/** The file's first bytes, as they lie on disk. */
export async function headOf(handle: FileHandle): Promise<Uint8Array> {
  const head = Buffer.alloc(HEAD_BYTES);
  const { bytesRead } = await handle.read(head, 0, HEAD_BYTES, 0);
  return head.subarray(0, bytesRead);
}

export function isZip(head: Uint8Array): boolean {
  return head.length > 2 && head[0] === 0x1f && head[1] === 0x8b;
}

/** For lines without a time before any line had one: nanoseconds since 1970. */
export function firstTimeOf(file: FoundFile): bigint {
  return BigInt(Math.trunc(file.mtimeMs)) * 1_000_000n;
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
  if (state?.open === undefined) return position.offset;
  const next = Buffer.alloc(1);
  await handle.read(next, 0, 1, position.offset);
  return next[0] === 10 ? position.offset + 1 : state.open;
}

/** Straight into the cutter's memory: what was just read is still in the processor's cache. */
async function readAlone(handle: FileHandle, parts: ReadFileParts, cutter: LineCutter, ingest: Ingest, start: number): Promise<string> {
  let offset = start;
  while (!parts.signal.aborted) {
    const room = cutter.room();
    const count = readSync(handle.fd, room, 0, room.length, offset);
    if (count === 0) break;
    offset += count;
    cutter.filled(count);
    parts.onProgress(cutter.offset, ingest.flows);
    await ingest.settle();
  }
  return "";
}

async function readBeside(handle: FileHandle, parts: ReadFileParts, cutter: LineCutter, ingest: Ingest, start: number): Promise<string> {
  // the disk fills one block while the other is decoded
  const blocks = [Buffer.allocUnsafe(BLOCK_BYTES), Buffer.allocUnsafe(BLOCK_BYTES)] as const;
  let offset = start;
  let turn = 0;
  const fill = (): Promise<Buffer> => {
    const block = blocks[turn++ % 2 === 0 ? 0 : 1];
    return handle.read(block, 0, BLOCK_BYTES, offset).then(({ bytesRead }) => {
      offset += bytesRead;
      return block.subarray(0, bytesRead);
    });
  };
  let block = await fill();
  while (block.length > 0 && !parts.signal.aborted) {
    const next = fill();
    // awaited below, also when this block's lines fail
    next.catch(() => undefined);
    cutter.push(block);
    parts.onProgress(cutter.offset, ingest.flows);
    await ingest.settle();
    block = await next;
  }
  return "";
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

function isZipFault(error: unknown): error is Error {
  return error instanceof Error && "code" in error && typeof error.code === "string" && error.code.startsWith("Z_");
}

/** The first unpacked bytes, or what is wrong. */
export async function headOfZip(path: string): Promise<Uint8Array | string> {
  const disk = createReadStream(path, { highWaterMark: 64 << 10 });
  const unzipped = createGunzip();
  disk.on("error", (error) => unzipped.destroy(error));
  const taken: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of disk.pipe(unzipped)) {
      taken.push(chunk);
      size += chunk.length;
      if (size >= HEAD_BYTES) break;
    }
  } catch (error) {
    if (size === 0) return isZipFault(error) ? `The gzip data is damaged: ${error.message}.` : reasonOf(error);
  } finally {
    disk.destroy();
  }
  return Buffer.concat(taken);
}
