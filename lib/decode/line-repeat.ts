/**
 * What another line has to say to be the one decoded last once more, but for its time and uuid: a connection that is blocked is tried again
 * (Linux sends a SYN up to 7 times), and these lines differ in nothing else.
 */
import type { Hole } from "./find-holes.ts";

/** Where a shape has what differs, as numbers of holes; all behind the uuid but the same time comes again as it stands. */
export interface RepeatPlan {
  /** Whether the line begins with a time that a log tool wrote. */
  readonly headed: boolean;
  readonly timeHole: number;
  readonly uuidHole: number;
  /** The time written once more, -1 = it is not. */
  readonly sameHole: number;
}

/** A line just decoded into a row. */
export interface LineRepeat {
  readonly headed: boolean;
  /** Positions in the line; `sameStart` -1 = the time is written once. */
  readonly timeStart: number;
  readonly timeEnd: number;
  readonly uuidStart: number;
  readonly sameStart: number;
  /** The row's model; valid until the next line is decoded. */
  readonly tuple: Int32Array;
  readonly length: number;
  /** Numbers of the line's shape where the time is written as protojson does, and as Go does. */
  readonly shape: number;
  readonly short: number;
  /** Texts of the row's own, but for the head's. */
  readonly own: readonly string[];
}

/** Undefined where more than time and uuid can differ between lines that say the same. */
export function repeatPlanOf(holes: readonly Hole[]): RepeatPlan | undefined {
  const readers = holes.map(({ reader }) => reader);
  const headed = readers[0] === "headTime";
  const timeHole = headed ? 1 : 0;
  const uuidHole = timeHole + 1;
  if (readers[timeHole] !== "time" || readers[uuidHole] !== "uuid") return undefined;
  const rest = readers.slice(uuidHole + 1);
  const differs = rest.some((reader) => reader === "time" || reader === "uuid" || reader === "headTime" || reader === "headWords");
  if (differs || rest.indexOf("sameTime") !== rest.lastIndexOf("sameTime")) return undefined;
  const same = rest.indexOf("sameTime");
  return { headed, timeHole, uuidHole, sameHole: same < 0 ? -1 : uuidHole + 1 + same };
}
