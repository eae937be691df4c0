/** Follows all files that the given names stand for: those that grow, those that come later, and rotated ones that were compressed. */
import type { LineJoiner } from "#lib/decode/join-lines.ts";
import type { FlowSink } from "#lib/flows/batch.ts";
import { CATCH_UP, type LineDecoder } from "../ingest.ts";
import { pause } from "../pause.ts";
import { type FoundFile, findFiles } from "./find-files.ts";
import { followFile, type OpenedFile } from "./follow-file.ts";
import { readFile } from "./read-file.ts";

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
  readonly decoder: LineDecoder;
  readonly createJoiner: () => LineJoiner;
  readonly signal: AbortSignal;
  readonly now: () => number;
  readonly times: FollowTimes;
  /** What came, by the index of the asked name. */
  readonly onProgress: (asked: number, bytes: number, flows: number) => void;
  /** One text for each asked name, after every search. */
  readonly onTroubles: (troubles: readonly string[]) => void;
}

/** A followed file holds a megabyte; whoever asks for more has old files among them. */
const FOLLOWED_MOST = 200;
/** A file that was not written for so long is looked at again only when its size changes. */
const LIVELY_MS = 10 * 60_000;

/** Resolves when the signal says so. Rejects when the store does. */
export async function followFiles(parts: FollowFilesParts): Promise<void> {
  const { signal, times } = parts;
  const failed = new AbortController();
  const until = AbortSignal.any([signal, failed.signal]);
  const following = new Map<string, Promise<void>>();
  /** Sizes of what was read and is not followed. */
  const sizes = new Map<string, number>();
  /** The inode that a path had when it was last seen: a compressed file is known by the plain one it was made of. */
  const inodes = new Map<string, string>();
  const followed = new Set<string>();
  const open = new Set<string>();
  let trouble: unknown;

  const begin = (file: FoundFile): void => {
    if (following.has(file.path) || following.size >= FOLLOWED_MOST) return;
    const done = followFile({
      path: file.path,
      sink: parts.sink,
      decoder: parts.decoder,
      createJoiner: parts.createJoiner,
      signal: until,
      now: parts.now,
      pollMs: times.pollMs,
      lingerMs: times.lingerMs,
      onProgress: (bytes, flows) => parts.onProgress(file.asked, bytes, flows),
      onOpen: (opened) => {
        followed.add(keyOf(opened));
        open.add(keyOf(opened));
      },
      onLeft: (left) => void open.delete(keyOf(left)),
    }).catch((error: unknown) => {
      trouble ??= error;
      failed.abort();
    });
    following.set(file.path, done);
  };

  const readWhole = async (file: FoundFile): Promise<void> => {
    const plain = inodes.get(file.path.replace(/\.gz$/, ""));
    await readFile({
      file: { ...file, inode: plain ?? file.inode },
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

  const see = async (file: FoundFile, isFirst: boolean): Promise<void> => {
    const key = keyOf(file);
    const before = sizes.get(key);
    inodes.set(file.path, file.inode);
    sizes.set(key, file.size);
    // a file that was rotated is read to its end by whoever followed it under its old name
    if (followed.has(key)) return;
    if (file.path.endsWith(".gz")) {
      if (!isFirst && before !== file.size) await readWhole(file);
      return;
    }
    const isAsked = parts.paths.includes(file.path);
    const isLively = isFirst && Date.now() - file.mtimeMs < LIVELY_MS;
    if (isAsked || isLively || (!isFirst && before !== file.size)) begin(file);
  };

  for (const file of parts.files) await see(file, true);
  while (!until.aborted) {
    await pause(times.searchMs, until);
    if (until.aborted) break;
    const found = await findFiles(parts.paths);
    parts.onTroubles(found.troubles);
    const present = new Set(found.files.map(keyOf));
    for (const key of followed) if (!present.has(key) && !open.has(key)) followed.delete(key);
    for (const file of found.files) if (!until.aborted) await see(file, false);
  }
  await Promise.all(following.values());
  if (trouble !== undefined) throw trouble;
}

function keyOf({ inode, birthMs }: OpenedFile): string {
  return `${inode}:${birthMs}`;
}
