/** What is kept beside a file's offset: enough to go on, and to know the same content again in another file, also where that holds less. */
import { createHash } from "node:crypto";
import { readSync } from "node:fs";
import { z } from "zod";
import { NEWLINE } from "./file-identity.ts";

/** `open` = start of a last line that had no newline yet. `tail` = print of the bytes before the offset, `marks` of those before each place. */
const stateSchema = z.object({
  path: z.string(),
  size: z.number(),
  open: z.number().optional(),
  tail: z.string().optional(),
  marks: z.array(z.string()).optional(),
});
export type FileState = z.infer<typeof stateSchema>;

/** So many bytes before the offset are compared: several lines. */
export const TAIL_BYTES = 4_096;
const FIRST_PLACE = 64;
const MARK_BYTES = 1_024;

/** Of a file's content, what stands from one offset to another; undefined = it is not there any more. */
export type BytesOf = (from: number, to: number) => Uint8Array | undefined;

export function readState(text: string): FileState | undefined {
  try {
    return stateSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** `marks` as far as they are known; those that are missing are added to it. */
export function writeState(bytesOf: BytesOf, offset: number, state: Omit<FileState, "tail" | "marks">, marks: string[] = []): string {
  const tail = bytesOf(Math.max(0, offset - TAIL_BYTES), offset);
  for (const [from, to] of marksWithin(offset).slice(marks.length)) {
    const bytes = bytesOf(from, to);
    if (bytes === undefined) break;
    marks.push(printOf(bytes));
  }
  return JSON.stringify({ ...state, marks, tail: tail === undefined ? undefined : printOf(tail) });
}

/** Where the marks of so much content begin and end. */
export function marksWithin(length: number): (readonly [from: number, to: number])[] {
  const found: [number, number][] = [];
  for (let place = FIRST_PLACE; place <= length; place *= 2) found.push([place - Math.min(place / 2, MARK_BYTES), place]);
  return found;
}

/** Bytes of an open file, as they lie on disk now; of a file that does not begin with `head` any more there are none. */
export function bytesOnDisk(fd: number, head?: Uint8Array): BytesOf {
  const bytesOf = (from: number, to: number): Uint8Array | undefined => {
    const bytes = Buffer.alloc(to - from);
    return bytes.length === 0 || readSync(fd, bytes, 0, bytes.length, from) === bytes.length ? bytes : undefined;
  };
  if (head === undefined) return bytesOf;
  return (from, to) => {
    const bytes = bytesOf(from, to);
    const begin = bytesOf(0, head.length);
    return begin !== undefined && Buffer.compare(begin, head) === 0 ? bytes : undefined;
  };
}

/** Whether somebody who read up to the offset stopped in the middle of a line: one too long to keep was handed on before its end. */
export function isInLine(bytesOf: BytesOf, offset: number): boolean {
  return offset > 0 && bytesOf(offset - 1, offset)?.[0] !== NEWLINE;
}

export function printOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex").slice(0, 16);
}

/** Where to go on, `next` being the byte at the offset. A last line without its end counted as read; if more of it came, it was another line. */
export function resumeAt(offset: number, open: number | undefined, next: number | undefined): number {
  if (open === undefined || next === undefined) return offset;
  return next === NEWLINE ? offset + 1 : open;
}
