"use client";
/** The live side of a flow list: the stream, what waits while it is paused, and how far it lags behind. */
import { useCallback, useState } from "react";
import type { FlowRow } from "#lib/questions/answer.ts";
import type { Search } from "#lib/url/search.ts";
import { liveAddress } from "./live-address.ts";
import { useHeldFlows } from "./use-held-flows.ts";
import { type LiveState, useLiveStream } from "./use-live-stream.ts";

interface Options {
  readonly search: Search;
  readonly isPaused: boolean;
  readonly onRows: (rows: readonly FlowRow[]) => void;
  /** Reads the list from the store again. */
  readonly onReload: () => void;
}

export interface LiveFlowsView {
  readonly state: LiveState;
  readonly held: number;
  readonly missed: number;
  /** Seconds, 0 = not worth a word. */
  readonly behind: number;
  readonly reload: () => void;
  /** As `useLiveStream` tells; undefined = not told. */
  readonly filledSince: string | undefined;
}

const ROWS_AT_ONCE = 500;
/** A flow is on its way for a second as a rule. */
const BEHIND_LEAST_S = 5;

export function useLiveFlows({ search, isPaused, onRows, onReload }: Options): LiveFlowsView {
  const { held, missed, take, forget } = useHeldFlows(isPaused, onRows);
  const [behind, setBehind] = useState(0);
  const [filledSince, setFilledSince] = useState<string | undefined>();
  const reload = useCallback(() => {
    forget();
    onReload();
  }, [forget, onReload]);
  const state = useLiveStream(search.live ? liveAddress(search, ROWS_AT_ONCE) : undefined, {
    onFlows: (rows, skipped) => {
      take(rows, skipped);
      setBehind(lagOf(rows, Date.now()));
    },
    onBroken: reload,
    onFilled: setFilledSince,
  });
  return { state, held, missed, behind: state === "live" ? behind : 0, reload, filledSince };
}

/** Of the newest that came. */
function lagOf(rows: readonly FlowRow[], now: number): number {
  const newest = rows.reduce((most, { time }) => Math.max(most, Date.parse(time)), 0);
  const seconds = newest === 0 ? 0 : Math.round((now - newest) / 1000);
  return seconds >= BEHIND_LEAST_S ? seconds : 0;
}
