/** Reads a piece of a plain log file: whole lines, by a thread that other pieces of the same file were and will be given to. */
import type { FileHandle } from "node:fs/promises";
import type { LineJoiner } from "#lib/decode/join-lines.ts";
import type { FlowSink } from "#lib/flows/batch.ts";
import { type BatchLimits, createIngest, type Learnt, type LineDecoder } from "../ingest.ts";
import { createLineCutter } from "../line-cutter.ts";
import { bytesOnDisk, writeState } from "./file-state.ts";
import { type FoundFile, timeOf } from "./find-files.ts";
import { readBlocks } from "./read-blocks.ts";

/** Offsets of a file: the first byte of a line, and the one behind the end of a line. */
export interface Piece {
  readonly from: number;
  readonly to: number;
  /** Nothing of the file comes before it in this run. */
  readonly isFirst: boolean;
}

export interface ReadPieceParts {
  readonly handle: FileHandle;
  readonly file: FoundFile;
  /** Key of the position. */
  readonly feed: string;
  readonly piece: Piece;
  readonly sink: FlowSink;
  readonly decoder: LineDecoder;
  readonly joiner: LineJoiner;
  readonly learnt: Learnt;
  readonly limits: BatchLimits;
  readonly now: () => number;
  /** Bytes and flows of the piece so far. */
  readonly onProgress: (bytes: number, flows: number) => void;
}

/**
 * Answers whether all of the piece is in the batches that were sent, as if the file had been read from its beginning. It is not where the
 * file is shorter by now, where a line ends in the next piece, and where a flow takes its time from the lines before the piece; whoever asked
 * goes on behind the last batch then. Rejects when the file cannot be read or the sink fails.
 */
export async function readPiece(parts: ReadPieceParts): Promise<boolean> {
  const { handle, file, piece, joiner, learnt, onProgress } = parts;
  let isGuessed = false;
  const sink: FlowSink = {
    append: (batch) => (isGuessed ? Promise.resolve({ stored: 0, duplicates: 0 }) : parts.sink.append(batch)),
    position: parts.sink.position,
  };
  learnt.rows.forgetTime();
  const ingest = createIngest({
    ...parts,
    sink,
    label: file.path,
    get firstTime() {
      isGuessed ||= !piece.isFirst;
      return timeOf(file);
    },
    state: (end) => writeState(bytesOnDisk(handle.fd), end, { path: file.path, size: 0 }),
    start: piece.from,
  });
  const cutter = createLineCutter(piece.from, ingest.line, ingest.repeated);
  const offset = await readBlocks({
    fd: handle.fd,
    ...piece,
    cutter,
    ingest,
    goesOn: () => !isGuessed,
    onRead: (at) => onProgress(at - piece.from, ingest.flows),
  });
  const isWhole = !isGuessed && offset === piece.to && !joiner.pending && cutter.pending === 0;
  await ingest.finish(false);
  return isWhole;
}
