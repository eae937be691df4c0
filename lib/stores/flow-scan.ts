/** Walking through stored flows line by line, newest first, a stretch at a time: for what no question can be asked about. */
import type { Problem } from "#lib/questions/answer.ts";
import type { ResolvedWindow } from "#lib/questions/window.ts";

export interface StoredLine {
  /** As it came, as latin1 code units. */
  readonly line: string;
  /** Nanoseconds since 1970: the store's own, for lines whose time an exporter's mask left out. */
  readonly time: bigint;
}

export interface ScannedStretch {
  /** In no particular order; both records of a packet, where there are two. */
  readonly lines: readonly StoredLine[];
  /** Milliseconds since 1970: everything from here to the window's end has been given by now. */
  readonly from: number;
}

export interface FlowScan {
  /** Flows of the window when it began. */
  readonly total: number;
  /** Flows that this store gives at most to one walk; undefined = all of them. */
  readonly most?: number;
  /** What the lines cannot tell, in plain words. */
  readonly blindSpots?: readonly string[];
  /** The stretch before the last one, of a few thousand flows as a rule; undefined = that was all. */
  next(gone?: AbortSignal): Promise<ScannedStretch | ScanProblem | undefined>;
}

export interface ScanProblem {
  readonly problem: Problem;
}

/** A store whose flows can be walked through. Other questions are answered between two stretches. `gone` aborts as a FlowStore's does. */
export interface Scannable {
  scan(window: ResolvedWindow, gone?: AbortSignal): Promise<FlowScan | ScanProblem>;
}
