/** The first bytes of a file's content, plain or gzip. */
import { createReadStream } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { createGunzip } from "node:zlib";
import { HEAD_BYTES, isWholeHead } from "./file-identity.ts";
import { reasonOf } from "./find-files.ts";

export interface FileHead {
  readonly isZipped: boolean;
  /** Decompressed; a text = what is wrong with it. */
  readonly bytes: Uint8Array | string;
}

export async function readHead(handle: FileHandle, path: string): Promise<FileHead> {
  const bytes = await headOf(handle);
  const isZipped = bytes.length > 2 && bytes[0] === 0x1f && bytes[1] === 0x8b;
  return { isZipped, bytes: isZipped ? await headOfZip(path) : bytes };
}

/** As they lie on disk. */
export async function headOf(handle: FileHandle, length = HEAD_BYTES): Promise<Uint8Array> {
  const head = Buffer.alloc(length);
  const { bytesRead } = await handle.read(head, 0, length, 0);
  return head.subarray(0, bytesRead);
}

async function headOfZip(path: string): Promise<Uint8Array | string> {
  const disk = createReadStream(path, { highWaterMark: 64 << 10 });
  const unzipped = createGunzip();
  disk.on("error", (error) => unzipped.destroy(error));
  const taken: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of disk.pipe(unzipped)) {
      taken.push(chunk);
      size += chunk.length;
      if (size >= HEAD_BYTES) break;
    }
  } catch (error) {
    // half of its first line would be another file's
    if (!isWholeHead(Buffer.concat(taken))) return isZipFault(error) ? `The gzip data is damaged: ${error.message}.` : reasonOf(error);
  } finally {
    disk.destroy();
  }
  return Buffer.concat(taken);
}

export function isZipFault(error: unknown): error is Error {
  return error instanceof Error && "code" in error && typeof error.code === "string" && error.code.startsWith("Z_");
}
