/** Follows all files that the given names stand for: those that grow, those that come later, and rotated ones that were compressed. */
import type { LineJoiner } from "#lib/decode/join-lines.ts";
import type { FlowSink } from "#lib/flows/batch.ts";
import { type BatchLimits, CATCH_UP, LIVE, type LineDecoder } from "../ingest.ts";
import { pause } from "../pause.ts";
import { type FoundFile, findFiles } from "./find-files.ts";
import { followFile, WAIT_LINGERS } from "./follow-file.ts";
import { readFile } from "./read-file.ts";
import { createReaders, keyOf, type Reader } from "./readers.ts";
import { type Recogniser, withFile } from "./recognise-file.ts";

export interface FollowTimes {
  /** Between two looks at an open file. */
  readonly pollMs: number;
  /** Between two looks for new files. */
  readonly searchMs: number;
  /** How long a file is still read after another took its name. */
  readonly lingerMs: number;
}

export const FOLLOW_FILES: FollowTimes = { pollMs: 250, searchMs: 5_000, lingerMs: 15_000 };

export interface FollowFilesParts {
  readonly paths: readonly string[];
  /** Read already. */
  readonly files: readonly FoundFile[];
  readonly sink: FlowSink;
  readonly recogniser: Recogniser;
  readonly decoder: LineDecoder;
  readonly createJoiner: () => LineJoiner;
  /** When a batch of what is appended is sent. */
  readonly limits?: BatchLimits;
  readonly signal: AbortSignal;
  readonly now: () => number;
  readonly times: FollowTimes;
  /** What came, by the index of the asked name. */
  readonly onProgress: (asked: number, bytes: number, flows: number) => void;
  /** A followed file was cut off, and what was written to it just before may be missing. */
  readonly onCutOff: (asked: number, path: string) => void;
  /** One text for each asked name, after every search. */
  readonly onTroubles: (troubles: readonly string[]) => void;
}

/** A followed file holds a megabyte; whoever asks for more has old files among them. */
const FOLLOWED_MOST = 200;
/** A file that was not written for so long, and that nobody asked for by name, is looked at again only when its size changes. */
const LIVELY_MS = 10 * 60_000;

/** Resolves when the signal says so. Rejects when the store does. */
export async function followFiles(parts: FollowFilesParts): Promise<void> {
  const { signal, times } = parts;
  const failed = new AbortController();
  const until = AbortSignal.any([signal, failed.signal]);
  const following = new Map<string, Promise<void>>();
  const readers = createReaders();
  /** How each file was that is read to its end and not followed now. */
  const read = new Map<string, string>();
  /** Compressed files that may be copies of followed ones, and since when they wait. */
  const waiting = new Map<string, { readonly reader: Reader; readonly since: number }>();
  let trouble: unknown;

  const begin = (file: FoundFile): void => {
    if (following.has(file.path) || following.size >= FOLLOWED_MOST) return;
    const done = followFile({
      path: file.path,
      sink: parts.sink,
      readers,
      recogniser: parts.recogniser,
      decoder: parts.decoder,
      createJoiner: parts.createJoiner,
      limits: parts.limits ?? LIVE,
      signal: until,
      now: parts.now,
      pollMs: times.pollMs,
      lingerMs: times.lingerMs,
      idleMs: parts.paths.includes(file.path) ? Number.POSITIVE_INFINITY : LIVELY_MS,
      onProgress: (bytes, flows) => parts.onProgress(file.asked, bytes, flows),
      onLeft: (left, about) => {
        if (about === undefined) read.delete(keyOf(left));
        else read.set(keyOf(left), lookOf(about));
      },
      onCutOff: () => parts.onCutOff(file.asked, file.path),
    })
      .catch((error: unknown) => {
        trouble ??= error;
        failed.abort();
      })
      .finally(() => following.delete(file.path));
    following.set(file.path, done);
  };

  const readWhole = async (file: FoundFile): Promise<void> => {
    await readFile({
      file,
      sink: parts.sink,
      decoder: parts.decoder,
      joiner: parts.createJoiner(),
      limits: CATCH_UP,
      signal: until,
      now: parts.now,
      onProgress: () => undefined,
    });
    parts.onProgress(file.asked, file.size, 0);
  };

  /** Whether it is, as far as it goes. */
  const readZipped = async (file: FoundFile): Promise<boolean> => {
    const key = keyOf(file);
    const place = await withFile(file.path, async (opened) => {
      const { reader, since } = waiting.get(key) ?? { reader: readers.enter(key), since: parts.now() };
      if (!waiting.has(key)) reader.saw(opened.identity);
      waiting.set(key, { reader, since });
      if (reader.mustWait(parts.now() - since <= times.lingerMs * WAIT_LINGERS)) return "wait";
      return parts.recogniser.recognise(opened);
    });
    if (place === undefined || place === "wait") return false;
    if (typeof place === "number") await readWhole(file);
    waiting.get(key)?.reader.leaves();
    waiting.delete(key);
    return true;
  };

  const see = async (file: FoundFile): Promise<void> => {
    const key = keyOf(file);
    // a file that was rotated is read to its end by whoever followed it under its old name
    if ((readers.isRead(key) && !waiting.has(key)) || read.get(key) === lookOf(file)) return;
    if (!file.path.endsWith(".gz")) return begin(file);
    if (await readZipped(file)) read.set(key, lookOf(file));
  };

  const forgetGone = (files: readonly FoundFile[]): void => {
    const there = new Set(files.map(keyOf));
    for (const [key, { reader }] of waiting) {
      if (there.has(key)) continue;
      reader.leaves();
      waiting.delete(key);
    }
  };

  const before = new Map(parts.files.map((file) => [keyOf(file), file]));
  for (let isFirst = true; !until.aborted; isFirst = false) {
    const found = await findFiles(parts.paths);
    parts.onTroubles(found.troubles);
    forgetGone(found.files);
    for (const file of found.files) {
      const known = isFirst ? before.get(keyOf(file)) : undefined;
      // under another name now, it may not have been the one that was read
      if (known?.path === file.path) read.set(keyOf(file), lookOf(known));
      if (isFirst && isWaitedFor(file, parts.paths, LIVELY_MS)) begin(file);
      else if (!until.aborted) await see(file);
    }
    await pause(times.searchMs, until);
  }
  await Promise.all(following.values());
  if (trouble !== undefined) throw trouble;
}

/** Whether `followFiles` will follow it at once, also when it begins some minutes later. */
export function isSurelyFollowed(file: FoundFile, paths: readonly string[]): boolean {
  return isWaitedFor(file, paths, LIVELY_MS / 2);
}

function isWaitedFor({ path, mtimeMs }: FoundFile, paths: readonly string[], livelyMs: number): boolean {
  return !path.endsWith(".gz") && (paths.includes(path) || Date.now() - mtimeMs < livelyMs);
}

/** Says whether a file was written to. */
function lookOf({ size, mtimeMs }: { readonly size: number; readonly mtimeMs: number }): string {
  return `${size}:${mtimeMs}`;
}
