/** MIXED rows that can be counted as they are, because those of their attempt agree in what is asked. */
import type { MixedRows } from "./mixed-rows.ts";
import { createRowList } from "./row-list.ts";

/** By place in the MIXED rows. */
export interface AlikeRows {
  /** To be counted with their attempt at hand. */
  readonly mixed: Uint32Array;
  readonly mixedFresh: Uint32Array;
  readonly mixedLater: Uint32Array;
}

/**
 * MIXED rows of an attempt that agree here in all that can be asked, none of them over an end of the window, count as a FRESH row and its
 * LATER ones do. Answers the others too. `places`: of the MIXED rows, so they are ordered by attempt.
 */
export function takeAlike({ columns, attempt }: MixedRows, places: Uint32Array, besides: ReadonlySet<number>): AlikeRows {
  const { firstMs } = columns;
  const { rule, port, from, towards } = columns.of;
  const [unlike, fresh, later] = [createRowList(), createRowList(), createRowList()];
  for (let start = 0; start < places.length; ) {
    const one = places[start] ?? 0;
    let alike = besides.size === 0 || !besides.has(attempt[one] ?? 0);
    let earliest = one;
    let end = start + 1;
    for (; end < places.length; end++) {
      const at = places[end] ?? 0;
      if (attempt[at] !== attempt[one]) break;
      if (rule[at] !== rule[one] || port[at] !== port[one] || from[at] !== from[one] || towards[at] !== towards[one]) alike = false;
      if ((firstMs[at] ?? 0) < (firstMs[earliest] ?? 0)) earliest = at;
    }
    for (; start < end; start++) {
      const at = places[start] ?? 0;
      if (!alike) unlike.push(at);
      else if (at === earliest) fresh.push(at);
      else later.push(at);
    }
  }
  return { mixed: unlike.rows(), mixedFresh: fresh.rows(), mixedLater: later.rows() };
}
