/** Which names of the New lane have room: a name that would run into the next triangle or off the plot is left to its tooltip. */

export interface LaneMark {
  readonly name: string;
  /** 0 = left edge of the plot, 1 = right edge. */
  readonly place: number;
}

export interface NamePlace {
  readonly isNamed: boolean;
  /** Which side of its triangle the name stands on. */
  readonly side: "right" | "left";
}

const TRIANGLE = 12;
const LETTER = 6.2;
const GAP = 10;

/** `width` of the plot in pixels. Marks come back in the order of time. */
export function placeNames<M extends LaneMark>(marks: readonly M[], width: number): readonly (M & NamePlace)[] {
  const inTime = [...marks].sort((a, b) => a.place - b.place || (a.name < b.name ? -1 : 1));
  let taken = 0;
  return inTime.map((mark, index) => {
    const at = mark.place * width;
    const length = TRIANGLE + mark.name.length * LETTER;
    const next = inTime[index + 1];
    const limit = next === undefined ? width : next.place * width - GAP;
    const toTheRight = at >= taken && at + length <= limit;
    const toTheLeft = !toTheRight && at - length >= taken;
    taken = Math.max(taken, toTheRight ? at + length + GAP : at + TRIANGLE);
    return { ...mark, isNamed: toTheRight || toTheLeft, side: toTheLeft ? ("left" as const) : ("right" as const) };
  });
}
