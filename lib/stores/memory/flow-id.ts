/** The id of a flow whose line has no uuid: made from where the line stood, so that reading it again gives the same. */

const OFFSET = 0xcbf29ce484222325n;
const PRIME = 0x100000001b3n;

/** 64-bit FNV-1a over UTF-16 code units, in hexadecimal behind a tilde, which no uuid has. */
export function placeId(feed: string, offset: number, index: number, line: string): string {
  let hash = OFFSET;
  const text = JSON.stringify([feed, offset, index, line]);
  for (let at = 0; at < text.length; at++) hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(at))) * PRIME);
  return `~${hash.toString(16).padStart(16, "0")}`;
}
