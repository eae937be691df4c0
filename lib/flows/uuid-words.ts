/** Uuids as numbers: 128 bits in four words, where they are written the usual way. */

/** How a flow is known: by the uuid in its words, by nothing, or by a uuid that is some other text. */
export const UUID_CANONICAL = 0;
export const UUID_NONE = 1;
export const UUID_TEXT = 2;

const HEX = new Int8Array(256).fill(-1);
for (let digit = 0; digit < 16; digit++) HEX["0123456789abcdef".charCodeAt(digit)] = digit;
const LENGTH = 36;
const DASH = 0x2d;

/** Reads the uuid in canonical lower-case form that stands at `start` into `words` (most significant first); false when it is written otherwise. */
export function readUuidAt(text: string, start: number, words: Uint32Array): boolean {
  let word = 0;
  let digits = 0;
  for (let at = 0; at < LENGTH; at++) {
    const code = text.charCodeAt(start + at);
    if (at === 8 || at === 13 || at === 18 || at === 23) {
      if (code !== DASH) return false;
      continue;
    }
    const digit = code < 256 ? (HEX[code] ?? -1) : -1;
    if (digit < 0) return false;
    word = (word << 4) | digit;
    digits += 1;
    if ((digits & 7) === 0) {
      words[(digits >> 3) - 1] = word;
      word = 0;
    }
  }
  return true;
}

/** The same for a text that is nothing but a uuid. */
export function readUuid(text: string, words: Uint32Array): boolean {
  return text.length === LENGTH && readUuidAt(text, 0, words);
}

/** Canonical text of the four words at `at`. */
export function uuidText(words: Uint32Array, at: number): string {
  const hex = [0, 1, 2, 3].map((index) => (words[at + index] ?? 0).toString(16).padStart(8, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
