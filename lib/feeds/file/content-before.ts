/** What a file, plain or gzip, holds before an offset of its content: enough to compare it with what was read of another. */
import { createReadStream } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { createGunzip } from "node:zlib";
import { bytesOnDisk, marksWithin, printOf, TAIL_BYTES } from "./file-state.ts";

export interface ContentBefore {
  /** How much there is before the offset: less than the offset where the content ends sooner. */
  readonly length: number;
  /** It ends so because it is damaged or not yet whole. */
  readonly isCut: boolean;
  /** The last of it, at most `TAIL_BYTES`. */
  readonly tail: Uint8Array;
  /** The byte at the offset; undefined = the content ends there. */
  readonly next: number | undefined;
  /** As a state has them. */
  readonly marks: readonly string[];
}

export async function contentBefore(handle: FileHandle, path: string, isZipped: boolean, offset: number): Promise<ContentBefore> {
  return isZipped ? ofZip(path, offset) : ofPlain(handle, offset);
}

async function ofPlain(handle: FileHandle, offset: number): Promise<ContentBefore> {
  const length = Math.min(offset, (await handle.stat()).size);
  const from = Math.max(0, length - TAIL_BYTES);
  const bytes = Buffer.alloc(length - from + 1);
  const { bytesRead } = await handle.read(bytes, 0, bytes.length, from);
  const bytesOf = bytesOnDisk(handle.fd);
  const marks = marksWithin(length).map((place) => printOf(bytesOf(...place) ?? new Uint8Array()));
  const next = length === offset && bytesRead === bytes.length ? bytes.at(-1) : undefined;
  return { length, isCut: false, tail: bytes.subarray(0, length - from), next, marks };
}

async function ofZip(path: string, offset: number): Promise<ContentBefore> {
  const disk = createReadStream(path, { highWaterMark: 1 << 20 });
  const unzipped = createGunzip({ chunkSize: 1 << 20 });
  disk.on("error", (error) => unzipped.destroy(error));
  const places = marksWithin(offset);
  const marks: string[] = [];
  let tail: Buffer = Buffer.alloc(0);
  let length = 0;
  let next: number | undefined;
  let isCut = false;
  try {
    for await (const chunk of disk.pipe(unzipped)) {
      const bytes: Buffer = chunk;
      next = bytes[offset - length];
      const before = bytes.subarray(0, offset - length);
      const joined = Buffer.concat([tail, before]);
      const begin = length - tail.length;
      length += before.length;
      for (let place = places[marks.length]; place !== undefined && place[1] <= length; place = places[marks.length])
        marks.push(printOf(joined.subarray(place[0] - begin, place[1] - begin)));
      tail = Buffer.from(joined.subarray(-TAIL_BYTES));
      if (next !== undefined) break;
    }
  } catch {
    isCut = true;
  } finally {
    disk.destroy();
  }
  return { length, isCut, tail, next, marks };
}
