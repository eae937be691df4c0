/** Keeps the boundary of a joined store: counts what came since, asks history how far it is, seldom and once for everybody. */
import type { Batch } from "#lib/flows/batch.ts";
import { parseTime } from "#lib/flows/flow-time.ts";
import type { Answer, Problem } from "#lib/questions/answer.ts";
import type { ResolvedWindow } from "#lib/questions/window.ts";
import type { FlowStore } from "#lib/stores/flow-store.ts";
import type { Arrived, HistoryStore } from "#lib/stores/history-store.ts";
import { type Boundary, chooseBoundary } from "./boundary.ts";
import { arrivedIn } from "./node-packets.ts";

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

export const SLICE_MS = 10_000;
/** What is so young is taken for not arrived yet, until history is asked the next time. */
const YOUNG_MS = 3 * SLICE_MS;

export function createBoundaryKeeper({ history, recent, now, fillMs, askEveryMs }: KeeperParts): BoundaryKeeper {
  const feeds = new Map<number, ReadonlyMap<string, number>>();
  const held = new Map<number, ReadonlyMap<string, number>>();
  /** Slices to be counted again; undefined = all that there are. */
  let changed: Set<number> | undefined;
  let state: BoundaryState | undefined;
  let askedAt = Number.NEGATIVE_INFINITY;
  let busy: Promise<BoundaryState> | undefined;

  const range = (): { readonly from: number; readonly to: number } => {
    const to = sliceOf(now()) + SLICE_MS;
    return { from: sliceOf(now() - fillMs), to };
  };

  const count = async (from: number, to: number): Promise<void> => {
    const slices = changed === undefined ? await allSlices(recent, from, to) : [...changed].filter((slice) => slice >= from && slice < to);
    const later = [...(changed ?? [])].filter((slice) => slice >= to);
    changed = new Set(later);
    for (const slice of slices) put(feeds, slice, await arrivedIn(recent, { from: slice, to: slice + SLICE_MS }, SLICE_MS));
  };

  const ask = async (window: ResolvedWindow): Promise<Problem | undefined> => {
    const told = await history.arrived(window, SLICE_MS);
    askedAt = now();
    if (told.problem !== undefined) return told.problem;
    for (const slice of held.keys()) if (slice >= window.from) held.delete(slice);
    for (const [slice, arrived] of bySlice(told.answer)) put(held, slice, { answer: arrived });
    return undefined;
  };

  const refresh = async (): Promise<BoundaryState> => {
    const { from, to } = range();
    for (const counts of [feeds, held]) for (const slice of counts.keys()) if (slice < from) counts.delete(slice);
    await count(from, to);
    const lacking = firstLacking();
    const isDue = now() - askedAt >= askEveryMs || state === undefined;
    const isOld = lacking !== undefined && lacking < (state?.at ?? to) && lacking < now() - YOUNG_MS;
    let alone = state?.alone;
    if (isDue || isOld)
      alone =
        lacking === undefined && alone === undefined && state !== undefined ? undefined : await ask({ from: lacking ?? to - SLICE_MS, to });
    state = { ...chooseBoundary(held, feeds, { from, to }), alone };
    return state;
  };

  /** The first slice in which the feeds have more of a node than history is known to have. */
  function firstLacking(): number | undefined {
    let first: number | undefined;
    for (const [slice, nodes] of feeds) {
      if (first !== undefined && slice >= first) continue;
      for (const [node, packets] of nodes) if (packets > (held.get(slice)?.get(node) ?? 0)) first = slice;
    }
    return first;
  }

  const begin = (): Promise<BoundaryState> => {
    busy ??= refresh().finally(() => {
      busy = undefined;
    });
    return busy;
  };

  return {
    noted(batch) {
      const slices = changed;
      if (slices === undefined) return;
      if (batch.columns !== undefined) for (const time of batch.columns.time.subarray(0, batch.columns.count)) slices.add(sliceOfNs(time));
      else for (const { time } of batch.flows) slices.add(sliceOfNs(time));
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
        .filter((slice) => slice + SLICE_MS >= at)
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

function sliceOf(ms: number): number {
  return Math.floor(ms / SLICE_MS) * SLICE_MS;
}

function sliceOfNs(ns: bigint): number {
  return sliceOf(Number(ns / 1_000_000n));
}

async function allSlices(recent: FlowStore, from: number, to: number): Promise<number[]> {
  const status = await recent.status();
  const oldest = status.answer?.span && parseTime(status.answer.span.oldest);
  if (oldest === undefined) return [];
  const first = Math.max(from, sliceOfNs(oldest));
  return Array.from({ length: Math.max(0, (to - first) / SLICE_MS) }, (_, index) => first + index * SLICE_MS);
}

function bySlice(arrived: readonly Arrived[]): Map<number, Arrived[]> {
  const slices = new Map<number, Arrived[]>();
  for (const one of arrived) slices.set(one.slice, [...(slices.get(one.slice) ?? []), one]);
  return slices;
}

function put(
  counts: Map<number, ReadonlyMap<string, number>>,
  slice: number,
  told: Answer<readonly Arrived[]> | { readonly answer: readonly Arrived[] },
): void {
  if (told.answer === undefined) return;
  counts.set(slice, new Map(told.answer.map(({ node, packets }) => [node, packets])));
}
