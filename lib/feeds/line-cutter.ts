/** Bytes → physical lines as latin1 text (one char per byte), each with the offset behind it; one buffer, one copy per line. */

/** A line longer than this is handed on cut to one byte more, so that the decoder can say so. */
export const LINE_BYTES_MAX = 1 << 20;
/** What stays in a processor's second cache while its lines are read. */
const BLOCK_BYTES = 1 << 17;
const NEWLINE = 10;

export type OnLine = (line: string, end: number) => void;

/**
 * Asked for each line before a text is made of it: how many bytes of `bytes`, from `from` on and before `to`, it took, up to a newline;
 * 0 = none. `offset` is the one of the first of them.
 */
export type TakeLine = (bytes: Buffer, from: number, to: number, offset: number) => number;

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

/** `start` = offset of the first byte that will come, in the middle of a line that was handed on cut where `isInLine`. */
export function createLineCutter(start: number, onLine: OnLine, take: TakeLine = () => 0, isInLine = false): LineCutter {
  const buffer = Buffer.allocUnsafe(BLOCK_BYTES + LINE_BYTES_MAX + 1);
  /** Bytes at the front of the buffer that belong to an unfinished line, and the offset of the first one. */
  let held = 0;
  let base = start;
  /** The rest of a line that was already handed on cut. */
  let skipping = isInLine;

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
    let from = start;
    if (skipping) {
      from = bytes.indexOf(NEWLINE, start) + 1;
      skipping = false;
    }
    while (from < end) {
      const taken = take(bytes, from, end, base + from - start);
      if (taken > 0) {
        from += taken;
        continue;
      }
      const newline = bytes.indexOf(NEWLINE, from);
      const to = newline - from > LINE_BYTES_MAX ? from + LINE_BYTES_MAX + 1 : newline;
      onLine(bytes.toString("latin1", from, to), base + newline + 1 - start);
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
