/** Cuts a large file into pieces between two lines, for several threads to read. */
import type { FileHandle } from "node:fs/promises";
import type { Piece } from "./read-piece.ts";

/** A line end is looked for so far; behind a longer line nothing is cut. */
const LOOK_MAX = 4 << 20;
const LOOK_BYTES = 64 << 10;
const NEWLINE = 10;

/** Pieces of about `bytes` that follow one another from `from`, the last of them at least as far from `end` as `rest`. */
export async function cutFile(handle: FileHandle, from: number, end: number, bytes: number, rest: number): Promise<readonly Piece[]> {
  const pieces: Piece[] = [];
  for (let at = from; at + bytes + rest <= end; ) {
    const to = await lineAfter(handle, at + bytes);
    if (to === undefined || to + rest > end) break;
    pieces.push({ from: at, to, isFirst: at === from });
    at = to;
  }
  return pieces;
}

/** Behind the first line end at or after `offset - 1`. */
async function lineAfter(handle: FileHandle, offset: number): Promise<number | undefined> {
  const block = Buffer.alloc(LOOK_BYTES);
  for (let at = offset - 1; at < offset + LOOK_MAX; ) {
    const { bytesRead } = await handle.read(block, 0, LOOK_BYTES, at);
    const newline = block.subarray(0, bytesRead).indexOf(NEWLINE);
    if (newline >= 0) return at + newline + 1;
    if (bytesRead === 0) break;
    at += bytesRead;
  }
  return undefined;
}
