/** Which file it is, whatever it is called now: its inode and its first line. */
import { createHash } from "node:crypto";

/** So much of a file's content is looked at to know it by. */
export const HEAD_BYTES = 1_024;
export const NEWLINE = 10;

/** `device:inode`. */
export function inodeOf({ dev, ino }: { readonly dev: number; readonly ino: number }): string {
  return `${dev}:${ino}`;
}

/** `head` = the file's first bytes, decompressed. A rotated file keeps its identity, one that was written anew does not. */
export function identityOf(inode: string, head: Uint8Array): string {
  const newline = head.indexOf(NEWLINE);
  const end = newline < 0 ? HEAD_BYTES : Math.min(newline, HEAD_BYTES);
  const hash = createHash("sha256").update(head.subarray(0, end)).digest("hex").slice(0, 16);
  return `file:${inode}:${hash}`;
}

/** The part of an identity that a copy of the file has, too. */
export function headPrint(identity: string): string {
  return identity.slice(identity.lastIndexOf(":") + 1);
}

/** Whether the first line is whole, or as long as it is looked at: more of the file does not change its identity. */
export function isWholeHead(head: Uint8Array): boolean {
  return head.length >= HEAD_BYTES || head.includes(NEWLINE);
}
