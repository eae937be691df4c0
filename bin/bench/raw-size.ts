/** How large the flow lines of a log are, as they stand and compressed by zstd at its usual level. */
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { constants, createZstdCompress } from "node:zlib";
import { createLineCutter } from "#lib/feeds/line-cutter.ts";

export interface RawSize {
  readonly lines: number;
  readonly bytes: number;
  readonly zstd: number;
}

const FLOW_START = '{"flow":{';
const ZSTD_LEVEL = 3;

/** The agent's own lines are left out: Weir does not keep them either. */
export async function rawSize(file: string): Promise<RawSize> {
  const size = { lines: 0, bytes: 0, zstd: 0 };
  const flowLines = async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let kept: string[] = [];
    const cutter = createLineCutter(0, (line) => {
      if (!line.startsWith(FLOW_START)) return;
      kept.push(line);
      size.lines += 1;
      size.bytes += line.length + 1;
    });
    for await (const chunk of chunks) {
      cutter.push(chunk);
      if (kept.length > 0) yield Buffer.from(`${kept.join("\n")}\n`, "latin1");
      kept = [];
    }
  };
  await pipeline(
    createReadStream(file, { highWaterMark: 1 << 20 }),
    flowLines,
    createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: ZSTD_LEVEL } }),
    async (compressed: AsyncIterable<Buffer>) => {
      for await (const chunk of compressed) size.zstd += chunk.length;
    },
  );
  return size;
}
