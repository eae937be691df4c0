/** The id of a flow as 128 bits: its uuid, or a hash where the line has none or one that is not written the usual way. */
import { createHash } from "node:crypto";
import { readUuid, UUID_CANONICAL, UUID_NONE, UUID_TEXT } from "#lib/flows/uuid-words.ts";

const DERIVED = "line-";

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
  const kind = readUuid(id, words) ? UUID_CANONICAL : UUID_TEXT;
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
