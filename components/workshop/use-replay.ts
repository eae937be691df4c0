"use client";
/** The replay of what stands in the workshop: begun when the typing rests, given up when something else is wanted. */
import { useEffect, useMemo, useState } from "react";
import type { ReplayReport } from "#lib/exporter/replay-report.ts";
import { fetchReplay, type ReplayWanted } from "./fetch-replay.ts";

export type Replaying =
  /** Nothing can be replayed: no entry was read. */
  (
    | { readonly is: "idle" }
    | { readonly is: "running"; readonly looked: number; readonly of: number | undefined }
    | { readonly is: "done" }
    | { readonly is: "failed"; readonly title: string; readonly detail: string; readonly next: string; readonly mayHelpAgain: boolean }
  ) & {
    /** What is known: of this question so far, or of the one before it until then. */
    readonly told: ReplayReport | undefined;
    /** It is of the one before. */
    readonly isOld: boolean;
  };

const REST_MS = 400;
const BEGINNING: Replaying = { is: "running", looked: 0, of: undefined, told: undefined, isOld: false };
const IDLE: Replaying = { is: "idle", told: undefined, isOld: false };

/** Without texts there is nothing to replay. */
export function useReplay({ window, target, texts }: ReplayWanted): { readonly replaying: Replaying; readonly again: () => void } {
  const [tries, setTries] = useState(0);
  const [replaying, setReplaying] = useState<Replaying>(BEGINNING);
  const key = useMemo(() => (texts.length === 0 ? "" : JSON.stringify({ window, target, texts, tries })), [window, target, texts, tries]);
  useEffect(() => {
    if (key === "") return setReplaying(IDLE);
    const { tries: _, ...wanted }: ReplayWanted & { readonly tries: number } = JSON.parse(key);
    const stop = new AbortController();
    setReplaying(({ told }) => ({ ...BEGINNING, told, isOld: told !== undefined }));
    const timer = setTimeout(() => {
      void fetchReplay(wanted, stop.signal, (news) =>
        setReplaying(({ told, isOld }) => {
          if (news.is === "done") return { is: "done", told: news.report, isOld: false };
          if (news.is === "failed") return { ...news, told: undefined, isOld: false };
          const { looked, of, report } = news;
          return { is: "running", looked, of, told: report ?? told, isOld: report === undefined && isOld };
        }),
      );
    }, REST_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [key]);
  return { replaying, again: () => setTries(tries + 1) };
}
