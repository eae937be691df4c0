/** Offsets into a pasted text as lines and columns, through a text that is embedded in it. */

import type { TextPlace } from "./finding.ts";
import type { Origin } from "./go-yaml/cursor.ts";
import type { Span } from "./go-yaml/node.ts";

/** Offset in a text to the offset in the text that was pasted. */
export type ToPasted = (offset: number) => number;

export const SAME_TEXT: ToPasted = (offset) => offset;

/** For a text that is a scalar of another: `origins` say where its characters stand there. */
export function throughOrigins(origins: readonly Origin[], outer: ToPasted): ToPasted {
  return (offset) => {
    let low = 0;
    let high = origins.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((origins[middle]?.offset ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    const origin = origins[low];
    return outer(origin === undefined ? 0 : origin.source + offset - origin.offset);
  };
}

/** Lines end at `\n`, `\r\n` and `\r`, as in editors. */
export class TextPlaces {
  readonly #starts: readonly number[];
  readonly #length: number;

  constructor(text: string) {
    this.#starts = [0, ...[...text.matchAll(/\r\n|\n|\r/g)].map(({ index, 0: end }) => index + end.length)];
    this.#length = text.length;
  }

  of(span: Span, toPasted: ToPasted): TextPlace {
    const offset = Math.max(0, Math.min(toPasted(span.start), this.#length));
    const end = span.end > span.start ? toPasted(span.end - 1) + 1 : offset;
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.#starts[low] ?? 0) + 1, offset, length: Math.max(0, end - offset) };
  }
}
