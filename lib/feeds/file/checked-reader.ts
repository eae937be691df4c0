/** Reads on in a file that may be cut off and written anew at any time: only what follows the very bytes that were read before is handed on. */
import type { FileHandle } from "node:fs/promises";
import { type BytesOf, bytesOnDisk, TAIL_BYTES } from "./file-state.ts";

export interface CheckedReader {
  readonly offset: number;
  /** The next bytes, valid until the next call; none = the present end. `anew`: what was read before is not there any more. */
  read(): Promise<Uint8Array | "anew">;
  /** As they were read; from disk what is longer ago. */
  readonly bytesOf: BytesOf;
}

const KEPT_BYTES = 1 << 16;
const BLOCK_BYTES = 1 << 18;

/** `head`: how the file begins. Undefined when it does not any more. */
export async function openCheckedReader(handle: FileHandle, head: Uint8Array, start: number): Promise<CheckedReader | undefined> {
  /** What was read last: bytes of the content up to `end`, the first `held` of them before the last block. */
  const buffer = Buffer.allocUnsafe(KEPT_BYTES + BLOCK_BYTES);
  const onDisk = bytesOnDisk(handle.fd);
  let held = Math.min(start, TAIL_BYTES);
  let end = held;
  let offset = start;

  const isThere = async (bytes: Uint8Array, from: number): Promise<boolean> => {
    const there = Buffer.alloc(bytes.length);
    const { bytesRead } = await handle.read(there, 0, there.length, from);
    return bytesRead === there.length && there.equals(bytes);
  };

  const { bytesRead } = await handle.read(buffer, 0, held, start - held);
  if (bytesRead < held || !(await isThere(head, 0))) return undefined;

  return {
    get offset() {
      return offset;
    },
    async read() {
      const first = Math.max(0, end - KEPT_BYTES);
      buffer.copyWithin(0, first, end);
      held = end = end - first;
      const again = Math.min(held, TAIL_BYTES);
      const before = Buffer.from(buffer.subarray(held - again, held));
      const { bytesRead: count } = await handle.read(buffer, held - again, again + BLOCK_BYTES, offset - again);
      const isSame = count >= again && buffer.subarray(held - again, held).equals(before);
      buffer.set(before, held - again);
      if (!isSame) return "anew";
      const block = buffer.subarray(held, held + count - again);
      if (offset === 0 && !block.subarray(0, head.length).equals(head)) return "anew";
      end = held + block.length;
      offset += block.length;
      return block;
    },
    bytesOf(from, to) {
      const at = end - (offset - from);
      return at >= 0 && to <= offset ? buffer.subarray(at, at + to - from) : onDisk(from, to);
    },
  };
}
