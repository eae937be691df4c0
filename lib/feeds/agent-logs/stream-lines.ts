/** Chunks of a log stream → lines as latin1 text; holds no more than one unfinished line, because hundreds of streams are open at once. */
import { LINE_MAX } from "#lib/decode/decoder.ts";

const NEWLINE = 10;
/** The stamp before a line must not make a line too long look short enough. */
const HELD_MAX = LINE_MAX + 64;

export interface StreamLines {
  /** The lines that this chunk completes. A line too long comes cut; the decoder says so. */
  push(chunk: Buffer): readonly string[];
  /** What no newline ended, empty = nothing. */
  rest(): string;
}

export function createStreamLines(): StreamLines {
  let held: Buffer[] = [];
  let size = 0;
  let skipping = false;

  const hold = (part: Buffer): void => {
    if (part.length === 0 || skipping) return;
    // a part of a chunk keeps the whole chunk in memory
    held.push(Buffer.from(part.subarray(0, HELD_MAX - size)));
    size += part.length;
  };
  const taken = (): string => {
    const text = held.length === 1 ? (held[0]?.toString("latin1") ?? "") : Buffer.concat(held).toString("latin1");
    held = [];
    size = 0;
    return text;
  };

  return {
    push(chunk) {
      const last = chunk.lastIndexOf(NEWLINE);
      if (last < 0) {
        hold(chunk);
        if (size < HELD_MAX) return [];
        const cut = taken();
        skipping = true;
        return [cut];
      }
      let from = 0;
      const lines: string[] = [];
      if (skipping || size > 0) {
        const first = chunk.indexOf(NEWLINE);
        hold(chunk.subarray(0, first));
        if (!skipping) lines.push(taken());
        skipping = false;
        from = first + 1;
      }
      if (from <= last) for (const line of chunk.toString("latin1", from, last).split("\n")) lines.push(line.slice(0, HELD_MAX));
      hold(chunk.subarray(last + 1));
      return lines;
    },
    rest: () => (skipping ? "" : taken()),
  };
}
