/** The id of a flow as 128 bits: its uuid, or a hash where the line has none or one that is not written the usual way. */
import { createHash } from "node:crypto";

export const UUID_CANONICAL = 0;
/** The line has no uuid: the id is made from its place in the feed. */
export const UUID_NONE = 1;
/** The uuid is some other text, kept beside the row; the 128 bits are its hash. */
export const UUID_TEXT = 2;

const DERIVED = "line-";
const CANONICAL = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const HEX = new Int8Array(256).fill(-1);
for (let digit = 0; digit < 16; digit++) HEX["0123456789abcdef".charCodeAt(digit)] = digit;

/** Reads a uuid in canonical lower-case form into `words` (most significant first); false when it is written otherwise. */
export function readUuid(text: string, words: Uint32Array): boolean {
  if (text.length !== 36) return false;
  let word = 0;
  let digits = 0;
  for (let at = 0; at < 36; at++) {
    const code = text.charCodeAt(at);
    if (at === 8 || at === 13 || at === 18 || at === 23) {
      if (code !== 45) return false;
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

export function hashInto(text: string, words: Uint32Array): void {
  const digest = createHash("md5").update(text, "utf8").digest();
  for (let index = 0; index < 4; index++) words[index] = digest.readUInt32BE(index * 4);
}

export interface FlowKey {
  readonly hi: bigint;
  readonly lo: bigint;
  readonly kind: number;
}

/** What to look for when somebody asks for an id as text. */
export function keyOfId(id: string): FlowKey {
  const words = new Uint32Array(4);
  const derived = id.startsWith(DERIVED) && /^[0-9a-f]{32}$/.test(id.slice(DERIVED.length)) ? id.slice(DERIVED.length) : undefined;
  if (derived !== undefined) return { hi: BigInt(`0x${derived.slice(0, 16)}`), lo: BigInt(`0x${derived.slice(16)}`), kind: UUID_NONE };
  const kind = CANONICAL.test(id) && readUuid(id, words) ? UUID_CANONICAL : UUID_TEXT;
  if (kind === UUID_TEXT) hashInto(id, words);
  return { ...bitsOf(words), kind };
}

export function bitsOf(words: Uint32Array): { readonly hi: bigint; readonly lo: bigint } {
  const big = (high: number, low: number): bigint => (BigInt(high) << 32n) | BigInt(low);
  return { hi: big(words[0] ?? 0, words[1] ?? 0), lo: big(words[2] ?? 0, words[3] ?? 0) };
}

/** The id as text, for kinds that need no stored text. */
export function idText(hi: bigint, lo: bigint, kind: number): string {
  const hex = hi.toString(16).padStart(16, "0") + lo.toString(16).padStart(16, "0");
  if (kind === UUID_NONE) return DERIVED + hex;
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
