/** Text as one word that an address can carry: deflated, then base64url. Web streams do it, in browsers as in Node. */

export async function packText(text: string): Promise<string> {
  const bytes = await bytesOf(new Blob([text.toWellFormed()]).stream().pipeThrough(new CompressionStream("deflate-raw")), Infinity);
  let latin1 = "";
  for (const byte of bytes ?? []) latin1 += String.fromCharCode(byte);
  return btoa(latin1).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** Undefined where the word is damaged, or holds more than `most` bytes: a few letters can unfold into gigabytes. */
export async function unpackText(word: string, most: number): Promise<string | undefined> {
  if (!/^[A-Za-z0-9_-]+$/.test(word)) return undefined;
  try {
    const latin1 = atob(word.replaceAll("-", "+").replaceAll("_", "/"));
    const packed = Uint8Array.from(latin1, (letter) => letter.charCodeAt(0));
    const bytes = await bytesOf(new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw")), most);
    return bytes && new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

async function bytesOf(stream: ReadableStream<Uint8Array>, most: number): Promise<Uint8Array | undefined> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > most) {
      await reader.cancel();
      return undefined;
    }
    pieces.push(value);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
