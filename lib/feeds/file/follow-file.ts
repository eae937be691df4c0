/** Follows one path: what is appended to the file, and the file that takes its place when it is rotated away or written anew. */
import { type FileHandle, open, stat } from "node:fs/promises";
import type { LineJoiner } from "#lib/decode/join-lines.ts";
import type { FlowSink } from "#lib/flows/batch.ts";
import { type BatchLimits, createIngest, type Ingest, type LineDecoder } from "../ingest.ts";
import { createLineCutter, type LineCutter } from "../line-cutter.ts";
import { pause } from "../pause.ts";
import { identityOf } from "./file-identity.ts";
import { writeState } from "./file-state.ts";
import { startOf } from "./read-file.ts";

export interface FollowFileParts {
  readonly path: string;
  readonly sink: FlowSink;
  readonly decoder: LineDecoder;
  readonly createJoiner: () => LineJoiner;
  readonly limits: BatchLimits;
  readonly signal: AbortSignal;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  readonly pollMs: number;
  /** A writer may go on writing to a renamed file until it is told to open a new one. */
  readonly lingerMs: number;
  /** What came since the last call. */
  readonly onProgress: (bytes: number, flows: number) => void;
  /** Gives up when nothing came, or there was no such file, for so long; Infinity = never. */
  readonly idleMs: number;
  /** A file was opened, is known for what it is, and left: which one, and how much of it is read. */
  readonly onOpen: (file: OpenedFile) => void;
  readonly onKnown: (file: OpenedFile, identity: string) => void;
  readonly onLeft: (file: OpenedFile, offset: number) => void;
  /** It was cut off: what was written to it just before may be missing. */
  readonly onCutOff: () => void;
}

export interface OpenedFile {
  /** `device:inode`. */
  readonly inode: string;
  readonly birthMs: number;
}

const HEAD_BYTES = 1_024;
const BLOCK_BYTES = 1 << 18;

/** Resolves when the signal says so, or when nothing came for too long. Rejects when the store does. */
export async function followFile(parts: FollowFileParts): Promise<void> {
  const rests: Promise<unknown>[] = [];
  let heardAt = parts.now();
  while (!parts.signal.aborted && parts.now() - heardAt < parts.idleMs) {
    // between two files there may be none for a moment
    const handle = await open(parts.path, "r").catch(() => undefined);
    if (handle === undefined) {
      await pause(parts.pollMs, parts.signal);
      continue;
    }
    const next = Promise.withResolvers<"next" | "idle">();
    const about = await handle.stat();
    const file = { inode: `${about.dev}:${about.ino}`, birthMs: about.birthtimeMs };
    parts.onOpen(file);
    let offset = 0;
    const onRead = (upTo: number): void => {
      offset = upTo;
    };
    const rest = followOpened(handle, file, { ...parts, onRead }, () => next.resolve("next")).finally(async () => {
      await handle.close();
      parts.onLeft(file, offset);
    });
    rest.then(next.resolve, next.reject);
    rests.push(rest);
    if ((await next.promise) === "idle") break;
    heardAt = parts.now();
  }
  await Promise.all(rests);
}

interface OpenedParts extends FollowFileParts {
  readonly onRead: (offset: number) => void;
}

/**
 * Until the file begins anew, or the path is another file's and its writer has had time to notice: the open handle still reads what was
 * renamed or removed. `leave` is called as soon as the other file may be read.
 */
async function followOpened(handle: FileHandle, file: OpenedFile, parts: OpenedParts, leave: () => void): Promise<"next" | "idle"> {
  const { signal, now } = parts;
  const { inode } = file;
  const head = await firstLine(handle, inode, parts, leave);
  if (head === undefined) return "next";
  const identity = identityOf(inode, head);
  parts.onKnown(file, identity);
  const reader = await createReader(handle, identity, parts);
  let replacedAt: number | undefined;
  let heardAt = now();
  for (;;) {
    // looked at before reading: what was written before the file was replaced is read before it is left
    const isSame = await isStill(handle, inode, head, reader.offset, parts.path);
    if (isSame === "anew") {
      parts.onCutOff();
      break;
    }
    const hasMore = await reader.readOn();
    parts.onRead(reader.offset);
    if (hasMore) heardAt = now();
    if (hasMore || isSame === "same") replacedAt = undefined;
    if (isSame === "replaced") leave();
    if (isSame !== "same") replacedAt ??= now();
    if (replacedAt !== undefined && now() - replacedAt > parts.lingerMs) break;
    const isIdle = now() - heardAt > parts.idleMs;
    if (signal.aborted || isIdle) {
      await reader.finish(false);
      return isIdle ? "idle" : "next";
    }
    await pause(parts.pollMs, signal);
  }
  // nobody will complete its last line any more
  await reader.finish(true);
  return "next";
}

interface Reader {
  readonly offset: number;
  /** To the present end; whether there was anything. */
  readOn(): Promise<boolean>;
  finish(isWhole: boolean): Promise<void>;
}

/** Begins where the stored position says; a last line without its end, which counted as read, is taken back when more of it comes. */
async function createReader(handle: FileHandle, feed: string, parts: FollowFileParts): Promise<Reader> {
  const position = await parts.sink.position(feed);
  const about = await handle.stat();
  const block = Buffer.allocUnsafe(BLOCK_BYTES);
  let offset = position?.offset ?? 0;
  let flows = 0;
  let begun: { readonly ingest: Ingest; readonly cutter: LineCutter } | undefined;

  const begin = async (): Promise<typeof begun> => {
    const start = await startOf(position, handle, (await handle.stat()).size, false);
    if (start === "all read") return undefined;
    offset = start;
    const ingest = createIngest({
      sink: parts.sink,
      feed,
      label: parts.path,
      decoder: parts.decoder,
      joiner: parts.createJoiner(),
      limits: parts.limits,
      now: parts.now,
      firstTime: BigInt(Math.trunc(about.mtimeMs)) * 1_000_000n,
      state: (end) => writeState(handle.fd, end, { path: parts.path, size: offset }),
      start,
    });
    return { ingest, cutter: createLineCutter(start, ingest.line) };
  };

  return {
    get offset() {
      return offset;
    },
    async readOn() {
      begun ??= await begin();
      if (begun === undefined) return false;
      const { ingest, cutter } = begun;
      for (let hasMore = false; ; hasMore = true) {
        const { bytesRead } = await handle.read(block, 0, BLOCK_BYTES, offset);
        if (bytesRead > 0) {
          offset += bytesRead;
          cutter.push(block.subarray(0, bytesRead));
        }
        await ingest.settle();
        if (bytesRead === 0) return hasMore;
        parts.onProgress(bytesRead, ingest.flows - flows);
        flows = ingest.flows;
      }
    },
    async finish(isWhole) {
      if (isWhole) begun?.cutter.end();
      await begun?.ingest.finish(isWhole);
    },
  };
}

/** `anew`: the same file with other content. `replaced`: the path is another file's. `gone`: it is nobody's, and may come again. */
async function isStill(
  handle: FileHandle,
  inode: string,
  head: Uint8Array,
  offset: number,
  path: string,
): Promise<"same" | "anew" | "replaced" | "gone"> {
  const { size } = await handle.stat();
  if (size < offset) return "anew";
  const begin = Buffer.alloc(head.length);
  await handle.read(begin, 0, head.length, 0);
  if (!begin.equals(head)) return "anew";
  return whose(path, inode);
}

async function whose(path: string, inode: string): Promise<"same" | "replaced" | "gone"> {
  const there = await stat(path).catch(() => undefined);
  if (there === undefined) return "gone";
  return `${there.dev}:${there.ino}` === inode ? "same" : "replaced";
}

/** What tells the file from others: its first line, once it is whole. Undefined = it never came. */
async function firstLine(
  handle: FileHandle,
  inode: string,
  { path, pollMs, lingerMs, idleMs, now, signal }: FollowFileParts,
  leave: () => void,
): Promise<Uint8Array | undefined> {
  const head = Buffer.alloc(HEAD_BYTES);
  const begun = now();
  let replacedAt: number | undefined;
  while (!signal.aborted) {
    // looked at before reading, as below: a line may come between the two, and the file be renamed right after it
    const isSame = await whose(path, inode);
    const { bytesRead } = await handle.read(head, 0, HEAD_BYTES, 0);
    const newline = head.subarray(0, bytesRead).indexOf(10);
    if (newline >= 0) return head.subarray(0, newline + 1);
    if (bytesRead === HEAD_BYTES) return head;
    if (isSame === "replaced") leave();
    if (isSame !== "same") replacedAt ??= now();
    // nobody will complete it any more
    if (replacedAt !== undefined && now() - replacedAt > lingerMs) return bytesRead > 0 ? head.subarray(0, bytesRead) : undefined;
    if (now() - begun > idleMs) return undefined;
    await pause(pollMs, signal);
  }
  return undefined;
}
