"use client";
/** Live rows on their way into a list: at once while its top is seen, held back while somebody reads further down. */
import { useCallback, useEffect, useState } from "react";
import type { FlowRow } from "#lib/questions/answer.ts";

export interface HeldFlows {
  /** Rows that wait for the list to go on. */
  readonly held: number;
  /** Rows that were left out, because they were too many at once or waited too long. */
  readonly missed: number;
  readonly take: (rows: readonly FlowRow[], skipped: number) => void;
  /** The list begins again from the store: nothing is waiting or left out any more. */
  readonly forget: () => void;
}

const HELD_MOST = 2_000;
const NONE: { readonly rows: readonly FlowRow[]; readonly missed: number } = { rows: [], missed: 0 };

export function useHeldFlows(isPaused: boolean, onRows: (rows: readonly FlowRow[]) => void): HeldFlows {
  const [waiting, setWaiting] = useState(NONE);
  const take = useCallback(
    (rows: readonly FlowRow[], skipped: number) => {
      if (!isPaused) {
        onRows(rows);
        if (skipped > 0) setWaiting((before) => ({ ...before, missed: before.missed + skipped }));
        return;
      }
      setWaiting((before) => {
        const all = before.rows.concat(rows);
        const over = Math.max(0, all.length - HELD_MOST);
        return { rows: all.slice(over), missed: before.missed + skipped + over };
      });
    },
    [isPaused, onRows],
  );
  useEffect(() => {
    if (isPaused || waiting.rows.length === 0) return;
    onRows(waiting.rows);
    setWaiting((before) => ({ ...before, rows: [] }));
  }, [isPaused, waiting, onRows]);
  const forget = useCallback(() => setWaiting(NONE), []);
  return { held: waiting.rows.length, missed: waiting.missed, take, forget };
}
