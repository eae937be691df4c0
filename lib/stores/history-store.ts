/** A store that others fill, some time behind: what it can do besides, so that feeds of this machine can fill the end of it. */
import type { Answer } from "#lib/questions/answer.ts";
import type { ResolvedWindow } from "#lib/questions/window.ts";
import type { FlowStore } from "./flow-store.ts";

/** What arrived of one node in one slice of time: packets of all flows, whatever their reason. */
export interface Arrived {
  readonly node: string;
  /** Milliseconds since 1970, a multiple of the slice's width. */
  readonly slice: number;
  readonly packets: number;
}

export interface HistoryStore extends FlowStore {
  /** The same store as if it held nothing from this instant on (milliseconds since 1970). Cheap; closing it closes nothing. */
  before(ms: number): FlowStore;
  /** Slices without a packet are left out. The window begins and ends at multiples of `sliceMs`. */
  arrived(window: ResolvedWindow, sliceMs: number, gone?: AbortSignal): Promise<Answer<readonly Arrived[]>>;
}
