/** Text as one word that an address can carry: deflated, then base64url. */
import { deflateSync, Inflate } from "fflate";

/** `level`: how hard to press, 1 for long texts in a hurry. */
export function packText(text: string, level: 1 | 9 = 9): string {
  let latin1 = "";
  for (const byte of deflateSync(new TextEncoder().encode(text.toWellFormed()), { level })) latin1 += String.fromCharCode(byte);
  return btoa(latin1).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** Deflate makes a byte stand for a thousand at most, so a piece unfolds to little enough to look before the next. */
const PIECE = 256;

/** Undefined where the word is damaged, or holds more than `most` bytes: a few letters can unfold into gigabytes. */
export function unpackText(word: string, most: number): string | undefined {
  if (!/^[A-Za-z0-9_-]+$/.test(word)) return undefined;
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let text = "";
  let length = 0;
  let isWhole = false;
  const inflate = new Inflate((bytes, isLast) => {
    length += bytes.length;
    if (length <= most) text += decoder.decode(bytes, { stream: !isLast });
    isWhole ||= isLast;
  });
  try {
    const latin1 = atob(word.replaceAll("-", "+").replaceAll("_", "/"));
    const packed = Uint8Array.from(latin1, (letter) => letter.charCodeAt(0));
    for (let at = 0; at < packed.length && length <= most; at += PIECE) {
      inflate.push(packed.subarray(at, at + PIECE), at + PIECE >= packed.length);
    }
  } catch {
    return undefined;
  }
  return isWhole && length <= most ? text : undefined;
}
