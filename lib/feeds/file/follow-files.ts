/** Follows all files that the given names stand for: those that grow, those that come later, and rotated ones that were compressed. */
import type { LineJoiner } from "#lib/decode/join-lines.ts";
import type { FlowSink } from "#lib/flows/batch.ts";
import { type BatchLimits, CATCH_UP, LIVE, type LineDecoder } from "../ingest.ts";
import { pause } from "../pause.ts";
import { type FoundFile, findFiles } from "./find-files.ts";
import { followFile, type OpenedFile } from "./follow-file.ts";
import { readFile } from "./read-file.ts";
import { headPrint, identify, type Recogniser } from "./recognise-file.ts";

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

/** Whoever follows a file leaves it after lingering; one that is still followed then, only begins in the same way. */
const WAIT_LINGERS = 3;

/** Resolves when the signal says so. Rejects when the store does. */
export async function followFiles(parts: FollowFilesParts): Promise<void> {
  const { signal, times } = parts;
  const failed = new AbortController();
  const until = AbortSignal.any([signal, failed.signal]);
  const following = new Map<string, Promise<void>>();
  /** How much was read of what is not followed now. */
  const sizes = new Map<string, number>();
  /** By what tells a file from others, the identity of each that is followed; empty = not known yet. */
  const followed = new Map<string, string>();
  /** Since when a file waits that may be a copy of a followed one. */
  const waiting = new Map<string, number>();
  let trouble: unknown;

  const begin = (file: FoundFile): void => {
    if (following.has(file.path) || following.size >= FOLLOWED_MOST) return;
    const done = followFile({
      path: file.path,
      sink: parts.sink,
      decoder: parts.decoder,
      createJoiner: parts.createJoiner,
      limits: parts.limits ?? LIVE,
      signal: until,
      now: parts.now,
      pollMs: times.pollMs,
      lingerMs: times.lingerMs,
      idleMs: parts.paths.includes(file.path) ? Number.POSITIVE_INFINITY : LIVELY_MS,
      onProgress: (bytes, flows) => parts.onProgress(file.asked, bytes, flows),
      onOpen: (opened) => void followed.set(keyOf(opened), ""),
      onKnown: (opened, identity) => {
        followed.set(keyOf(opened), identity);
        parts.recogniser.met(identity);
      },
      onLeft: (left, offset) => {
        followed.delete(keyOf(left));
        sizes.set(keyOf(left), offset);
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

  /** Of what is still read by whoever followed it under its old name: only when that is done, it is known how much of the copy is left. */
  const mayBeCopy = async (file: FoundFile, key: string): Promise<boolean> => {
    const identity = await identify(file);
    const since = waiting.get(key);
    const others = [...followed.values()];
    const isSame = others.some((other) => identity !== undefined && headPrint(other) === headPrint(identity));
    // who has read nothing yet may have something to read now
    const isUnsure = since === undefined && others.includes("");
    waiting.set(key, since ?? parts.now());
    return isUnsure || (isSame && parts.now() - (since ?? parts.now()) <= times.lingerMs * WAIT_LINGERS);
  };

  const see = async (file: FoundFile): Promise<void> => {
    const key = keyOf(file);
    // a file that was rotated is read to its end by whoever followed it under its old name
    if (followed.has(key) || sizes.get(key) === file.size) return;
    if (await mayBeCopy(file, key)) return;
    if ((await parts.recogniser.recognise(file)) === "read") return;
    waiting.delete(key);
    if (!file.path.endsWith(".gz")) return begin(file);
    await readWhole(file);
    sizes.set(key, file.size);
  };

  const read = new Map(parts.files.map((file) => [keyOf(file), file]));
  for (let isFirst = true; !until.aborted; isFirst = false) {
    const found = await findFiles(parts.paths);
    parts.onTroubles(found.troubles);
    for (const file of found.files) {
      const before = isFirst ? read.get(keyOf(file)) : undefined;
      // under another name now, it may not have been the one that was read
      if (before?.path === file.path) sizes.set(keyOf(file), before.size);
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

function keyOf({ inode, birthMs }: OpenedFile): string {
  return `${inode}:${birthMs}`;
}
