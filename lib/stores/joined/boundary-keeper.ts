/** Keeps the boundary of a joined store: counts what came since, asks history how far it is, seldom and once for everybody. */
import type { Batch } from "#lib/flows/batch.ts";
import { msOfTime, parseTime } from "#lib/flows/flow-time.ts";
import type { Problem } from "#lib/questions/answer.ts";
import type { ResolvedWindow } from "#lib/questions/window.ts";
import type { FlowStore } from "#lib/stores/flow-store.ts";
import type { HistoryStore } from "#lib/stores/history-store.ts";
import { type Boundary, chooseBoundary } from "./boundary.ts";
import { arrivedIn } from "./node-packets.ts";
import { createSliceGrid, firstOver, floorTo, putCounts, SLICE_MS, widenCounts, wideStart } from "./slice-counts.ts";

export interface KeeperParts {
  readonly history: HistoryStore;
  readonly recent: FlowStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** How far back the feeds' store is compared with history. */
  readonly fillMs: number;
  /** While nothing old comes, history is not asked more often than this. */
  readonly askEveryMs: number;
}

export interface BoundaryState extends Boundary {
  /** History could not be asked: everything there is comes from the feeds. */
  readonly alone: Problem | undefined;
}

export interface BoundaryKeeper {
  /** A batch that the feeds' store took in. */
  noted(batch: Batch): void;
  current(): Promise<BoundaryState>;
  /** A question to history failed: until it is asked again, it counts as not to be asked. */
  broke(problem: Problem): void;
  /** As far as is known now: milliseconds since 1970 from which flows are not in history; undefined = it has all. Asks, and waits for nothing. */
  since(): number | undefined;
}

/** What is so young is taken for not arrived yet, until history is asked the next time. */
const YOUNG_MS = 3 * SLICE_MS;

export function createBoundaryKeeper({ history, recent, now, fillMs, askEveryMs }: KeeperParts): BoundaryKeeper {
  const feeds = new Map<number, Map<string, number>>();
  const held = new Map<number, Map<string, number>>();
  /** Slices to be counted again; undefined = all that there are. */
  let changed: Set<number> | undefined;
  let state: BoundaryState | undefined;
  let askedAt = Number.NEGATIVE_INFINITY;
  let busy: Promise<BoundaryState> | undefined;
  const grid = createSliceGrid((slice, end) => {
    for (const counts of [feeds, held]) widenCounts(counts, slice, end);
    for (const narrow of changed ?? []) if (narrow > slice && narrow < end) changed?.delete(narrow);
  });

  const range = (): { readonly from: number; readonly to: number } => ({
    from: wideStart(now() - fillMs),
    to: floorTo(now(), SLICE_MS) + SLICE_MS,
  });

  const count = async (from: number, to: number): Promise<void> => {
    const due = changed;
    changed = new Set([...(due ?? [])].filter((slice) => slice >= to));
    const slices = due === undefined ? await allSlices(from, to) : [...due].filter((slice) => slice >= from && slice < to);
    for (const slice of slices) {
      const end = grid.endOf(slice);
      const told = await arrivedIn(recent, { from: slice, to: end }, end - slice);
      if (told.problem === undefined) putCounts(feeds, grid, slice, end, told.answer);
    }
  };

  async function allSlices(from: number, to: number): Promise<readonly number[]> {
    const status = await recent.status();
    const oldest = status.answer?.span && parseTime(status.answer.span.oldest);
    const slices = new Set<number>();
    if (oldest === undefined) return [];
    for (let at = Math.max(from, msOfTime(oldest)); at < to; at = grid.endOf(grid.at(at))) slices.add(grid.sliceOf(at, now()));
    return [...slices];
  }

  const ask = async (window: ResolvedWindow): Promise<Problem | undefined> => {
    const told = await history.arrived(window, SLICE_MS);
    askedAt = now();
    if (told.problem !== undefined) return told.problem;
    putCounts(held, grid, window.from, Number.POSITIVE_INFINITY, told.answer);
    return undefined;
  };

  const refresh = async (): Promise<BoundaryState> => {
    const { from, to } = range();
    for (const counts of [feeds, held]) for (const slice of counts.keys()) if (slice < from) counts.delete(slice);
    grid.forgetBefore(from);
    await count(from, to);
    const lacking = firstOver(feeds, held);
    const isDue = now() - askedAt >= askEveryMs || state === undefined;
    const isOld = lacking !== undefined && lacking < (state?.at ?? to) && lacking < now() - YOUNG_MS;
    let alone = state?.alone;
    if (isDue || isOld)
      alone =
        lacking === undefined && alone === undefined && state !== undefined ? undefined : await ask({ from: lacking ?? to - SLICE_MS, to });
    state = { ...chooseBoundary(held, feeds, { from, to }), alone };
    return state;
  };

  const begin = (): Promise<BoundaryState> => {
    busy ??= refresh().finally(() => {
      busy = undefined;
    });
    return busy;
  };

  return {
    noted(batch) {
      if (changed === undefined) return;
      const at = now();
      const note = (time: bigint): void => void changed?.add(grid.sliceOf(msOfTime(time), at));
      if (batch.columns !== undefined) for (const time of batch.columns.time.subarray(0, batch.columns.count)) note(time);
      else for (const { time } of batch.flows) note(time);
    },
    broke(problem) {
      if (state === undefined) return;
      state = { ...state, alone: problem };
      askedAt = now();
    },
    since() {
      if (busy === undefined && now() - askedAt >= askEveryMs) void begin();
      if (state === undefined) return range().from;
      if (state.waitingFor.length > 0) return state.at;
      const { at } = state;
      return [...(changed ?? [])]
        .filter((slice) => grid.endOf(slice) >= at)
        .reduce<number | undefined>((least, slice) => Math.min(least ?? slice, slice), undefined);
    },
    async current() {
      if (busy !== undefined && state?.alone === undefined) await busy;
      const known = state;
      if (known?.alone !== undefined) {
        // nobody waits again for what did not answer the last time
        if (now() - askedAt >= askEveryMs) void begin();
        return known;
      }
      const isStale =
        now() - askedAt >= askEveryMs || [...(changed ?? [])].some((slice) => slice < (known?.at ?? Number.POSITIVE_INFINITY));
      return known === undefined || isStale ? begin() : known;
    },
  };
}
