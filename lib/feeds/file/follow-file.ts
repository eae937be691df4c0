/** Follows one path: what is appended to the file, and the file that takes its place when it is rotated away or written anew. */
import { type FileHandle, open, stat } from "node:fs/promises";
import type { LineJoiner } from "#lib/decode/join-lines.ts";
import type { FlowSink } from "#lib/flows/batch.ts";
import { createIngest, LIVE, type LineDecoder } from "../ingest.ts";
import { createLineCutter } from "../line-cutter.ts";
import { pause } from "../pause.ts";
import { identityOf } from "./file-identity.ts";
import { startOf } from "./read-file.ts";

export interface FollowFileParts {
  readonly path: string;
  readonly sink: FlowSink;
  readonly decoder: LineDecoder;
  readonly createJoiner: () => LineJoiner;
  readonly signal: AbortSignal;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  readonly pollMs: number;
  /** A writer may go on writing to a renamed file until it is told to open a new one. */
  readonly lingerMs: number;
  /** What came since the last call. */
  readonly onProgress: (bytes: number, flows: number) => void;
  /** A file was opened, and left: which one. */
  readonly onOpen: (file: OpenedFile) => void;
  readonly onLeft: (file: OpenedFile) => void;
}

export interface OpenedFile {
  /** `device:inode`. */
  readonly inode: string;
  readonly birthMs: number;
}

const HEAD_BYTES = 1_024;
const BLOCK_BYTES = 1 << 18;

/** Resolves when the signal says so. Rejects when the store does. */
export async function followFile(parts: FollowFileParts): Promise<void> {
  const rests: Promise<void>[] = [];
  while (!parts.signal.aborted) {
    // between two files there may be none for a moment
    const handle = await open(parts.path, "r").catch(() => undefined);
    if (handle === undefined) {
      await pause(parts.pollMs, parts.signal);
      continue;
    }
    const left = Promise.withResolvers<void>();
    const about = await handle.stat();
    const file = { inode: `${about.dev}:${about.ino}`, birthMs: about.birthtimeMs };
    parts.onOpen(file);
    const rest = followOpened(handle, file.inode, parts, left.resolve).finally(() => {
      parts.onLeft(file);
      return handle.close();
    });
    rest.then(left.resolve, left.reject);
    rests.push(rest);
    await left.promise;
  }
  await Promise.all(rests);
}

/**
 * Until the file begins anew, or the path is another file's and its writer has had time to notice: the open handle still reads what was
 * renamed or removed. `leave` is called as soon as the other file may be read.
 */
async function followOpened(handle: FileHandle, inode: string, parts: FollowFileParts, leave: () => void): Promise<void> {
  const { signal, sink } = parts;
  const about = await handle.stat();
  const head = await firstLine(handle, inode, parts);
  if (head === undefined) return;
  const feed = identityOf(inode, head);
  const begin = await startOf(await sink.position(feed), handle, about.size, false);
  let offset = begin === "all read" ? about.size : begin;
  const ingest = createIngest({
    sink,
    feed,
    label: parts.path,
    decoder: parts.decoder,
    joiner: parts.createJoiner(),
    limits: LIVE,
    now: parts.now,
    firstTime: BigInt(Math.trunc(about.mtimeMs)) * 1_000_000n,
    state: () => JSON.stringify({ path: parts.path, size: offset }),
    start: offset,
  });
  const cutter = createLineCutter(offset, ingest.line);
  const block = Buffer.allocUnsafe(BLOCK_BYTES);
  let flows = 0;
  const readOn = async (): Promise<void> => {
    for (;;) {
      const { bytesRead } = await handle.read(block, 0, BLOCK_BYTES, offset);
      if (bytesRead === 0) return;
      offset += bytesRead;
      cutter.push(block.subarray(0, bytesRead));
      await ingest.settle();
      parts.onProgress(bytesRead, ingest.flows - flows);
      flows = ingest.flows;
    }
  };
  let replacedAt: number | undefined;
  for (;;) {
    // looked at before reading: what was written before the file was replaced is read before it is left
    const isSame = await isStill(handle, inode, head, offset, parts.path);
    if (isSame === "anew") break;
    await readOn();
    await ingest.settle();
    if (isSame === "replaced") {
      leave();
      replacedAt ??= parts.now();
      if (parts.now() - replacedAt > parts.lingerMs) break;
    }
    if (signal.aborted) return await ingest.finish(false);
    await pause(parts.pollMs, signal);
  }
  // nobody will complete its last line any more
  cutter.end();
  await ingest.finish(true);
}

/** `anew`: the same file with other content. `replaced`: the path is another file's. A path that is gone may come again. */
async function isStill(
  handle: FileHandle,
  inode: string,
  head: Uint8Array,
  offset: number,
  path: string,
): Promise<"same" | "anew" | "replaced"> {
  const { size } = await handle.stat();
  if (size < offset) return "anew";
  const begin = Buffer.alloc(head.length);
  await handle.read(begin, 0, head.length, 0);
  if (!begin.equals(head)) return "anew";
  const there = await stat(path).catch(() => undefined);
  return there === undefined || `${there.dev}:${there.ino}` === inode ? "same" : "replaced";
}

/** What tells the file from others: its first line, once it is whole. Undefined = it never came. */
async function firstLine(handle: FileHandle, inode: string, { path, pollMs, signal }: FollowFileParts): Promise<Uint8Array | undefined> {
  const head = Buffer.alloc(HEAD_BYTES);
  while (!signal.aborted) {
    const { bytesRead } = await handle.read(head, 0, HEAD_BYTES, 0);
    const newline = head.subarray(0, bytesRead).indexOf(10);
    if (newline >= 0) return head.subarray(0, newline + 1);
    if (bytesRead === HEAD_BYTES) return head;
    const there = await stat(path).catch(() => undefined);
    if (there !== undefined && `${there.dev}:${there.ino}` !== inode) return undefined;
    await pause(pollMs, signal);
  }
  return undefined;
}
