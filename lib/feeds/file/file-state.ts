/** What is kept beside a file's offset: enough to go on, and to know the same content again in another file. */
import { createHash } from "node:crypto";
import { readSync } from "node:fs";
import { z } from "zod";

/** `open` = start of a last line that had no newline yet. `tail` = print of the bytes before the offset. */
const stateSchema = z.object({ path: z.string(), size: z.number(), open: z.number().optional(), tail: z.string().optional() });
export type FileState = z.infer<typeof stateSchema>;

/** So many bytes before the offset are compared: several lines. */
export const TAIL_BYTES = 4_096;
const NEWLINE = 10;

export function readState(text: string): FileState | undefined {
  try {
    return stateSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Undefined where the bytes are gone: the file was cut off since they were read. */
export function writeState(fd: number, offset: number, state: Omit<FileState, "tail">): string {
  const bytes = Buffer.alloc(Math.min(TAIL_BYTES, offset));
  const count = bytes.length === 0 ? 0 : readSync(fd, bytes, 0, bytes.length, offset - bytes.length);
  const isThere = count === bytes.length && bytes.at(-1) === NEWLINE;
  return JSON.stringify(isThere ? { ...state, tail: printOf(bytes) } : state);
}

export function printOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex").slice(0, 16);
}
