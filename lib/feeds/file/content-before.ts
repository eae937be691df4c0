/** The bytes of a file, plain or gzip, just before an offset of its content, and the one behind it. */
import { createReadStream } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { createGunzip } from "node:zlib";
import { TAIL_BYTES } from "./file-state.ts";

export interface ContentBefore {
  /** As many as the offset has before it, at most `TAIL_BYTES`. */
  readonly tail: Uint8Array;
  /** The byte at the offset; undefined = the content ends there. */
  readonly next: number | undefined;
}

/** `short`: the content ends before the offset. `cut`: so it does, and it is damaged or not yet whole. */
export async function contentBefore(
  handle: FileHandle,
  path: string,
  isZip: boolean,
  offset: number,
): Promise<ContentBefore | "short" | "cut"> {
  return isZip ? ofZip(path, offset) : ofPlain(handle, offset);
}

async function ofPlain(handle: FileHandle, offset: number): Promise<ContentBefore | "short"> {
  const length = Math.min(TAIL_BYTES, offset);
  const bytes = Buffer.alloc(length + 1);
  const { bytesRead } = await handle.read(bytes, 0, length + 1, offset - length);
  if (bytesRead < length) return "short";
  return { tail: bytes.subarray(0, length), next: bytesRead > length ? bytes[length] : undefined };
}

async function ofZip(path: string, offset: number): Promise<ContentBefore | "short" | "cut"> {
  const disk = createReadStream(path, { highWaterMark: 1 << 20 });
  const unzipped = createGunzip({ chunkSize: 1 << 20 });
  disk.on("error", (error) => unzipped.destroy(error));
  let tail: Buffer = Buffer.alloc(0);
  let at = 0;
  try {
    for await (const chunk of disk.pipe(unzipped)) {
      const bytes: Buffer = chunk;
      if (at + bytes.length > offset) return { tail: lastOf(tail, bytes.subarray(0, offset - at)), next: bytes[offset - at] };
      tail = lastOf(tail, bytes);
      at += bytes.length;
    }
  } catch {
    return at === offset ? { tail, next: undefined } : "cut";
  } finally {
    disk.destroy();
  }
  return at === offset ? { tail, next: undefined } : "short";
}

function lastOf(before: Buffer, bytes: Buffer): Buffer {
  return bytes.length >= TAIL_BYTES ? Buffer.from(bytes.subarray(-TAIL_BYTES)) : Buffer.concat([before, bytes]).subarray(-TAIL_BYTES);
}
