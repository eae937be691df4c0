/** Reads very large plain files in two threads, a piece each in turn; what they read is stored in the order of the file. */
import { open } from "node:fs/promises";
import { availableParallelism } from "node:os";
import type { FlowSink } from "#lib/flows/batch.ts";
import { cutFile } from "./cut-file.ts";
import { readHead } from "./file-head.ts";
import { identityOf, inodeOf } from "./file-identity.ts";
import { startOf } from "./read-file.ts";
import { type PieceReader, type ReaderThread, startReaderThread, type ThreadReadParts } from "./read-in-thread.ts";
import type { Piece } from "./read-piece.ts";

export interface PieceSizes {
  /** Of a piece, in bytes: one batch each. */
  readonly piece: number;
  /** So much of a file at least is left to one thread: its last line may still be written. */
  readonly rest: number;
  /** From so much on a file is worth a second thread. */
  readonly least: number;
}

const PIECES: PieceSizes = { piece: 128 << 20, rest: 4 << 20, least: 384 << 20 };
const NEVER: PieceSizes = { ...PIECES, least: Number.POSITIVE_INFINITY };
/** Two that read and one that stores; with fewer they only take the processor from one another. */
const CORES = 3;

/** A reader that starts its second thread when a file is worth it. */
export function startReaders(start: () => PieceReader = startReaderThread, sizes = sizesFor(availableParallelism())): ReaderThread {
  const first = start();
  let second: PieceReader | undefined;
  return {
    read: async (parts) => {
      const plan = await planOf(parts, sizes);
      if (plan === undefined) return first.read(parts);
      second ??= start();
      const { flows, lastTime } = await readPieces([first, second], plan, parts);
      // the rest; or all that is behind the last batch, where a piece did not come out whole
      return first.read({ ...parts, timeBefore: lastTime, onProgress: (bytes, more) => parts.onProgress(bytes, flows + more) });
    },
    close: async () => {
      await Promise.all([first.close(), second?.close()]);
    },
  };
}

export function sizesFor(cores: number): PieceSizes {
  return cores < CORES ? NEVER : PIECES;
}

interface Plan {
  readonly feed: string;
  readonly inode: string;
  readonly pieces: readonly Piece[];
}

/** Undefined where one thread is to read the file; what is wrong with it, that thread tells. */
async function planOf({ file, sink }: ThreadReadParts, sizes: PieceSizes): Promise<Plan | undefined> {
  if (file.size < sizes.least) return undefined;
  const handle = await open(file.path, "r").catch(() => undefined);
  if (handle === undefined) return undefined;
  try {
    const { isZipped, bytes } = await readHead(handle, file.path);
    if (isZipped || typeof bytes === "string" || bytes.length === 0) return undefined;
    const about = await handle.stat();
    const { size } = about;
    const inode = inodeOf(about);
    const feed = identityOf(inode, bytes);
    const from = await startOf(await sink.position(feed), handle, size, false);
    if (from === "all read" || size - from < sizes.least) return undefined;
    return { feed, inode, pieces: await cutFile(handle, from, size, sizes.piece, sizes.rest) };
  } finally {
    await handle.close();
  }
}

interface PiecesRead {
  /** Of pieces that came out whole. */
  readonly flows: number;
  /** Of the last flow that was handed on. */
  readonly lastTime: bigint | undefined;
}

/** Nothing is stored behind a piece that did not come out whole. */
async function readPieces(readers: readonly PieceReader[], { feed, inode, pieces }: Plan, parts: ThreadReadParts): Promise<PiecesRead> {
  const start = pieces[0]?.from ?? 0;
  const read = pieces.map(() => ({ bytes: 0, flows: 0 }));
  const told = (): void => {
    const sum = (of: "bytes" | "flows"): number => read.reduce((all, one) => all + one[of], 0);
    parts.onProgress(start + sum("bytes"), sum("flows"));
  };
  /** By piece: whether it and all before it came out whole. */
  const whole: Promise<boolean>[] = [];
  let lastTime: bigint | undefined;
  let isBroken = false;
  let next = 0;

  const readOne = async (reader: PieceReader, at: number, piece: Piece): Promise<boolean> => {
    const before = whole[at - 1] ?? Promise.resolve(true);
    const inTurn: FlowSink = {
      append: async (batch) => {
        if (!(await before)) return { stored: 0, duplicates: 0 };
        lastTime = batch.columns?.time.at(batch.columns.count - 1) ?? lastTime;
        return parts.sink.append(batch);
      },
      position: parts.sink.position,
    };
    const onProgress = (bytes: number, flows: number): void => {
      read[at] = { bytes, flows };
      told();
    };
    const isWhole = await reader.readPiece({ ...parts, feed, inode, piece, sink: inTurn, onProgress });
    const isAllWhole = (await before) && isWhole;
    isBroken ||= !isAllWhole;
    return isAllWhole;
  };
  const readOn = async (reader: PieceReader): Promise<void> => {
    for (let piece = pieces[next]; piece !== undefined && !isBroken; piece = pieces[next]) {
      const at = next++;
      const outcome = readOne(reader, at, piece);
      whole[at] = outcome.catch(() => false);
      await outcome;
    }
  };
  const outcomes = await Promise.allSettled(readers.map(readOn));
  for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
  const count = (await Promise.all(whole)).indexOf(false);
  return { flows: read.slice(0, count < 0 ? read.length : count).reduce((sum, one) => sum + one.flows, 0), lastTime };
}
