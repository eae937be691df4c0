/** Follows one path: what is appended to the file, and the file that takes its place when it is rotated away or written anew. */
import { type FileHandle, open, stat } from "node:fs/promises";
import type { LineJoiner } from "#lib/decode/join-lines.ts";
import type { FlowSink } from "#lib/flows/batch.ts";
import { type BatchLimits, createIngest, type Ingest, type LineDecoder } from "../ingest.ts";
import { createLineCutter } from "../line-cutter.ts";
import { pause } from "../pause.ts";
import { type CheckedReader, openCheckedReader } from "./checked-reader.ts";
import { headOf } from "./file-head.ts";
import { identityOf, inodeOf, isWholeHead, NEWLINE } from "./file-identity.ts";
import { isInLine, writeState } from "./file-state.ts";
import { timeOf } from "./find-files.ts";
import { keyOf, type Reader, type Readers } from "./readers.ts";
import type { Recogniser } from "./recognise-file.ts";

export interface FollowFileParts {
  readonly path: string;
  readonly sink: FlowSink;
  readonly readers: Readers;
  readonly recogniser: Recogniser;
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
  /** A file was left: which one, and how it was then where all of it is read. */
  readonly onLeft: (file: OpenedFile, about: { readonly size: number; readonly mtimeMs: number } | undefined) => void;
  /** It was cut off: what was written to it just before may be missing. */
  readonly onCutOff: () => void;
}

export interface OpenedFile {
  /** `device:inode`. */
  readonly inode: string;
  readonly birthMs: number;
}

/** A file that may be a copy waits so long for who reads the other; one that still has to wait then, only begins in the same way. */
export const WAIT_LINGERS = 3;

type Ended = "next" | "idle";

/** Resolves when the signal says so, or when nothing came for too long. Rejects when the store does. */
export async function followFile(parts: FollowFileParts): Promise<void> {
  const rests: Promise<unknown>[] = [];
  const { readers, signal, now } = parts;
  let looking: Reader | undefined;
  let heardAt = now();
  while (!signal.aborted && now() - heardAt < parts.idleMs) {
    looking ??= readers.enter("");
    const look = readers.look();
    // between two files there may be none for a moment
    const handle = await open(parts.path, "r").catch(() => undefined);
    if (handle === undefined) {
      looking.sawNothing(look);
      await pause(parts.pollMs, signal);
      continue;
    }
    const next = Promise.withResolvers<Ended>();
    const about = await handle.stat();
    const file = { inode: inodeOf(about), birthMs: about.birthtimeMs };
    const reader = readers.enter(keyOf(file));
    looking.leaves();
    looking = undefined;
    let hasLeft = false;
    const leave = (): void => {
      if (hasLeft) return;
      hasLeft = true;
      looking ??= readers.enter("");
      next.resolve("next");
    };
    let offset = 0;
    const onRead = (upTo: number): void => {
      offset = upTo;
    };
    const rest = followOpened({ handle, file, reader, leave, onRead, ...parts }).finally(async () => {
      const left = await handle.stat();
      parts.onLeft(file, left.size === offset ? left : undefined);
      await handle.close();
    });
    rest.then((ended) => (ended === "next" ? leave() : next.resolve(ended)), next.reject).finally(() => reader.leaves());
    rests.push(rest);
    if ((await next.promise) === "idle") break;
    heardAt = now();
  }
  await Promise.all(rests).finally(() => looking?.leaves());
}

interface OpenedParts extends FollowFileParts {
  readonly handle: FileHandle;
  readonly file: OpenedFile;
  readonly reader: Reader;
  readonly onRead: (offset: number) => void;
  /** To be called as soon as another file may be read that took the path. */
  readonly leave: () => void;
}

/**
 * Until the file begins anew, or the path is another file's and its writer has had time to notice: the open handle still reads what was
 * renamed or removed.
 */
async function followOpened(parts: OpenedParts): Promise<Ended> {
  const { handle, file, signal, now, leave } = parts;
  const head = await firstLine(parts);
  if (head === undefined) return "next";
  const start = await placeIn(head, parts);
  if (typeof start !== "number") return start;
  const checked = await openCheckedReader(handle, head, start);
  if (checked === undefined) {
    parts.onCutOff();
    return "next";
  }
  parts.onRead(start);
  const lines = await openLines(checked, identityOf(file.inode, head), parts);
  let replacedAt: number | undefined;
  let heardAt = now();
  for (;;) {
    // looked at before reading: what was written before the file was replaced is read before it is left
    const isSame = await whose(parts.path, file.inode);
    const came = await lines.readOn();
    if (came === "anew") {
      parts.onCutOff();
      // half a line is whole in a copy, if there is one
      await lines.finish(false);
      return "next";
    }
    parts.onRead(checked.offset);
    if (came === "more") heardAt = now();
    if (came === "more" || isSame === "same") replacedAt = undefined;
    if (isSame === "replaced") leave();
    if (isSame !== "same") replacedAt ??= now();
    if (replacedAt !== undefined && now() - replacedAt > parts.lingerMs) break;
    const isIdle = now() - heardAt > parts.idleMs;
    if (signal.aborted || isIdle) {
      await lines.finish(false);
      return isIdle ? "idle" : "next";
    }
    await pause(parts.pollMs, signal);
  }
  // nobody will complete its last line any more
  await lines.finish(true);
  return "next";
}

interface Lines {
  /** To the present end. */
  readOn(): Promise<"more" | "nothing" | "anew">;
  finish(isWhole: boolean): Promise<void>;
}

async function openLines(checked: CheckedReader, feed: string, parts: OpenedParts): Promise<Lines> {
  const marks: string[] = [];
  let open: number | undefined;
  const ingest: Ingest = createIngest({
    sink: parts.sink,
    feed,
    label: parts.path,
    decoder: parts.decoder,
    joiner: parts.createJoiner(),
    limits: parts.limits,
    now: parts.now,
    firstTime: timeOf(await parts.handle.stat()),
    state: (end) => writeState(checked.bytesOf, end, { path: parts.path, size: checked.offset, open }, marks),
    start: checked.offset,
  });
  const cutter = createLineCutter(checked.offset, ingest.line, undefined, isInLine(checked.bytesOf, checked.offset));
  let flows = 0;
  return {
    async readOn() {
      for (let hasMore = false; ; hasMore = true) {
        const block = await checked.read();
        if (block === "anew") return block;
        cutter.push(block);
        await ingest.settle();
        if (block.length === 0) return hasMore ? "more" : "nothing";
        parts.onProgress(block.length, ingest.flows - flows);
        flows = ingest.flows;
      }
    },
    async finish(isWhole) {
      if (isWhole && cutter.pending > 0) open = cutter.offset - cutter.pending;
      if (isWhole) cutter.end();
      await ingest.finish(isWhole);
    },
  };
}

/** Where to begin: waits while somebody else reads what it may be a copy of, and while all it holds was read before. */
async function placeIn(head: Buffer, parts: OpenedParts): Promise<number | Ended> {
  const { handle, file, path, reader, now, signal, pollMs, lingerMs } = parts;
  const identity = identityOf(file.inode, head);
  const begun = now();
  let replacedAt: number | undefined;
  reader.saw(identity);
  for (let pauseMs = pollMs; !signal.aborted; pauseMs = Math.min(2 * pauseMs, Math.max(pollMs, lingerMs / 4))) {
    const isSame = await whose(path, file.inode);
    const hasToWait = reader.mustWait(now() - begun <= lingerMs * WAIT_LINGERS);
    const place = hasToWait ? "wait" : await parts.recogniser.recognise({ handle, path, isZipped: false, identity });
    if (typeof place === "number") return place;
    if (!hasToWait) {
      reader.rests();
      parts.onRead((await handle.stat()).size);
    }
    if (!head.equals(await headOf(handle, head.length))) {
      parts.onCutOff();
      return "next";
    }
    if (isSame === "replaced") parts.leave();
    if (isSame !== "same") replacedAt ??= now();
    if (!hasToWait && replacedAt !== undefined && now() - replacedAt > lingerMs) return "next";
    if (!hasToWait && now() - begun > parts.idleMs) return "idle";
    await pause(pauseMs, signal);
  }
  return "next";
}

/** What tells the file from others: its first line, once it is whole. Undefined = it never came. */
async function firstLine({
  handle,
  file,
  path,
  reader,
  readers,
  pollMs,
  lingerMs,
  idleMs,
  now,
  signal,
  leave,
  onCutOff,
}: OpenedParts): Promise<Buffer | undefined> {
  const begun = now();
  let replacedAt: number | undefined;
  let had = 0;
  let { mtimeMs: writtenAt } = await handle.stat();
  while (!signal.aborted) {
    const look = readers.look();
    // looked at before reading, as above: a line may come between the two, and the file be renamed right after it
    const isSame = await whose(path, file.inode);
    const { mtimeMs } = await handle.stat();
    const head = Buffer.from(await headOf(handle));
    // written to and cut off again since the last look
    if (head.length < had || (head.length === 0 && mtimeMs !== writtenAt)) onCutOff();
    had = head.length;
    writtenAt = mtimeMs;
    if (isWholeHead(head)) return head.subarray(0, head.indexOf(NEWLINE) + 1 || head.length);
    reader.sawNothing(look);
    if (isSame === "replaced") leave();
    if (isSame !== "same") replacedAt ??= now();
    // nobody will complete it any more
    if (replacedAt !== undefined && now() - replacedAt > lingerMs) return head.length > 0 ? head : undefined;
    if (now() - begun > idleMs) return undefined;
    await pause(pollMs, signal);
  }
  return undefined;
}

/** `replaced`: the path is another file's. `gone`: it is nobody's, and may come again. */
async function whose(path: string, inode: string): Promise<"same" | "replaced" | "gone"> {
  const there = await stat(path).catch(() => undefined);
  if (there === undefined) return "gone";
  return inodeOf(there) === inode ? "same" : "replaced";
}
