/** Which file it is, whatever it is called now: its inode and its first line. */
import { createHash } from "node:crypto";

const FIRST_BYTES = 1_024;

/** `head` = the file's first bytes, decompressed. A rotated file keeps its identity, one that was written anew does not. */
export function identityOf(inode: string, head: Uint8Array): string {
  const newline = head.indexOf(10);
  const end = newline < 0 ? FIRST_BYTES : Math.min(newline, FIRST_BYTES);
  const hash = createHash("sha256").update(head.subarray(0, end)).digest("hex").slice(0, 16);
  return `file:${inode}:${hash}`;
}
