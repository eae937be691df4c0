/** Bytes → physical lines as latin1 text (one char per byte), each with the offset behind it; one buffer, no copies per line. */

/** A line longer than this is handed on cut to one byte more, so that the decoder can say so. */
export const LINE_BYTES_MAX = 1 << 20;
// a text of this size is made in V8's young space; one of a megabyte goes to the large-object space, at twice the time (Node 24)
const BLOCK_BYTES = 1 << 16;
const NEWLINE = 10;

export type OnLine = (line: string, end: number) => void;

export interface LineCutter {
  /** Where the next bytes go; at least one block. Valid until `filled`. */
  room(): Uint8Array;
  /** So many bytes were written into `room()`; complete lines come out. */
  filled(count: number): void;
  /** The same for bytes that lie elsewhere. */
  push(bytes: Uint8Array): void;
  /** The input ended: the last line may have no newline. */
  end(): void;
  /** Bytes of a line that has no newline yet. */
  readonly pending: number;
  /** Offset behind the last byte that came. */
  readonly offset: number;
}

/** `start` = offset of the first byte that will come. */
export function createLineCutter(start: number, onLine: OnLine): LineCutter {
  const buffer = Buffer.allocUnsafe(BLOCK_BYTES + LINE_BYTES_MAX + 1);
  /** Bytes at the front of the buffer that belong to an unfinished line, and the offset of the first one. */
  let held = 0;
  let base = start;
  /** The rest of a line that was already handed on cut. */
  let skipping = false;

  const filled = (count: number): void => {
    const total = held + count;
    const last = count === 0 ? -1 : buffer.subarray(held, total).lastIndexOf(NEWLINE);
    if (last < 0) {
      held = total;
      if (held > LINE_BYTES_MAX) dropLong();
      return;
    }
    const whole = held + last + 1;
    cut(buffer, 0, whole);
    buffer.copyWithin(0, whole, total);
    held = total - whole;
    base += whole;
    if (held > LINE_BYTES_MAX) dropLong();
  };

  /** Hands on the lines of a piece that ends with a newline; its first byte has the offset `base`. */
  const cut = (bytes: Buffer, start: number, end: number): void => {
    const text = bytes.toString("latin1", start, end);
    let from = 0;
    if (skipping) {
      from = text.indexOf("\n") + 1;
      skipping = false;
    }
    while (from < text.length) {
      const newline = text.indexOf("\n", from);
      const to = newline - from > LINE_BYTES_MAX ? from + LINE_BYTES_MAX + 1 : newline;
      onLine(text.slice(from, to), base + newline + 1);
      from = newline + 1;
    }
  };

  /** Hands on the beginning of a line too long to keep and forgets the rest of it. */
  const dropLong = (): void => {
    if (!skipping) onLine(buffer.toString("latin1", 0, LINE_BYTES_MAX + 1), base + held);
    skipping = true;
    base += held;
    held = 0;
  };

  const room = (): Uint8Array => buffer.subarray(held, held + BLOCK_BYTES);
  return {
    room,
    filled,
    push(bytes) {
      const block = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
      let from = 0;
      while (from < block.length) {
        const to = Math.min(from + BLOCK_BYTES, block.length);
        // lines that begin and end in the block are cut where they lie
        const last = held > 0 || skipping ? -1 : block.subarray(from, to).lastIndexOf(NEWLINE);
        if (last < 0) {
          const newline = block.subarray(from, to).indexOf(NEWLINE);
          const end = newline < 0 ? to : from + newline + 1;
          room().set(block.subarray(from, end));
          filled(end - from);
          from = end;
        } else {
          cut(block, from, from + last + 1);
          base += last + 1;
          from += last + 1;
        }
      }
    },
    end() {
      if (held > 0 && !skipping) onLine(buffer.toString("latin1", 0, held), base + held);
      base += held;
      held = 0;
      skipping = false;
    },
    get pending() {
      return skipping ? 0 : held;
    },
    get offset() {
      return base + held;
    },
  };
}
