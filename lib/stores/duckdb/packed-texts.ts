/** Lists of texts as one compressed blob. */
import { zstdCompressSync, zstdDecompressSync } from "node:zlib";

/** Any JSON value; JSON writes lone surrogates as escapes, so every JavaScript string survives. */
export function pack(value: unknown): Uint8Array {
  return zstdCompressSync(Buffer.from(JSON.stringify(value), "utf8"));
}

export function unpack(blob: Uint8Array): unknown {
  return JSON.parse(zstdDecompressSync(blob).toString("utf8"));
}
