/** Reads a plain file for who has nothing else to do: the thread waits for the disk itself. */
import { readSync } from "node:fs";
import type { Ingest } from "../ingest.ts";
import type { LineCutter } from "../line-cutter.ts";

export interface ReadBlocksParts {
  readonly fd: number;
  readonly from: number;
  /** By default the end of the file. */
  readonly to?: number;
  readonly cutter: LineCutter;
  readonly ingest: Ingest;
  readonly goesOn: () => boolean;
  readonly onRead: (offset: number) => void;
}

/** Straight into the cutter's memory: what was just read is still in the processor's cache. Answers how far it came. */
export async function readBlocks({
  fd,
  from,
  to = Number.POSITIVE_INFINITY,
  cutter,
  ingest,
  goesOn,
  onRead,
}: ReadBlocksParts): Promise<number> {
  let offset = from;
  while (offset < to && goesOn()) {
    const room = cutter.room();
    const count = readSync(fd, room, 0, Math.min(room.length, to - offset), offset);
    if (count === 0) break;
    offset += count;
    cutter.filled(count);
    onRead(offset);
    await ingest.settle();
  }
  return offset;
}
