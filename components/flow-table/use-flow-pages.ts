"use client";
/** The flows loaded so far: the first page came with the document, the others are asked for as the list is scrolled. */
import { useCallback, useEffect, useRef, useState } from "react";
import { mergeFlows } from "#components/live/merge-flows.ts";
import type { Answer, FlowPage, FlowRow, Problem } from "#lib/questions/answer.ts";
import { askApi } from "./ask-api.ts";

export interface FlowPages {
  readonly rows: readonly FlowRow[];
  /** Nothing older is left. */
  readonly isComplete: boolean;
  readonly isLoading: boolean;
  readonly problem: Problem | undefined;
  /** Asks for the next page, unless it is on its way or there is none. After a problem it tries again. */
  readonly more: () => void;
  /** Puts new rows in their places. */
  readonly add: (rows: readonly FlowRow[]) => void;
  /** The next answer of the page begins the list anew. */
  readonly restart: () => void;
}

interface Loaded {
  readonly rows: readonly FlowRow[];
  readonly next: string | undefined;
}

interface Asking {
  next: string | undefined;
  asking: AbortController | undefined;
  href: string;
  count: number;
}

const PAGE = 500;
/** Who came this far scrolls on: fewer, larger answers. */
const LATER_PAGE = 1000;
const LATER = 5000;
/** Rows that live flows let a list grow to. */
const ROWS_MOST = 20_000;

/** `href` is where pages are answered, without their place. A list that went past its first page keeps to the question it began with. */
export function useFlowPages(first: FlowPage, href: string, isLive = false): FlowPages {
  const [loaded, setLoaded] = useState<Loaded>({ rows: first.rows, next: first.next });
  const [isLoading, setLoading] = useState(false);
  const [problem, setProblem] = useState<Problem | undefined>();
  const [start, setStart] = useState(first);
  const [isRestarting, setRestarting] = useState(false);
  const [wasLive, setWasLive] = useState(isLive);
  const now = useRef<Asking>({ next: first.next, asking: undefined, href, count: first.rows.length });

  // The page was answered again, as while a feed is being read. A list that nobody scrolled yet takes the newer beginning.
  if (start !== first) {
    setStart(first);
    // turned on, the list has to join what comes from now on
    const isTurnedOn = isLive && !wasLive;
    setWasLive(isLive);
    if (isRestarting || isTurnedOn || loaded.rows === start.rows) setLoaded({ rows: first.rows, next: first.next });
    setRestarting(false);
  }
  useEffect(() => {
    if (loaded.rows === first.rows) Object.assign(now.current, { next: first.next, href, count: first.rows.length });
  }, [loaded, first, href]);
  useEffect(() => {
    const { current } = now;
    return () => {
      current.asking?.abort();
      current.asking = undefined;
    };
  }, []);

  const more = useCallback(() => {
    const { current } = now;
    if (current.next === undefined || current.asking !== undefined) return;
    const asking = new AbortController();
    current.asking = asking;
    setLoading(true);
    setProblem(undefined);
    void askApi<FlowPage>(pageHref(current.href, current.next, current.count < LATER ? PAGE : LATER_PAGE), asking.signal).then(
      (answer: Answer<FlowPage> | undefined) => {
        if (current.asking !== asking) return;
        current.asking = undefined;
        setLoading(false);
        if (answer === undefined) return;
        if (answer.problem) return setProblem(answer.problem);
        const page = answer.answer;
        current.next = page.next;
        current.count += page.rows.length;
        setLoaded((before) => ({ rows: before.rows.concat(page.rows), next: page.next }));
      },
    );
  }, []);

  const add = useCallback((fresh: readonly FlowRow[]) => {
    setLoaded((before) => {
      const rows = mergeFlows(before.rows, fresh);
      const last = rows[ROWS_MOST - 1];
      if (rows.length <= ROWS_MOST * 1.2 || last === undefined) return { ...before, rows };
      // a list that is watched for hours lets go of its end, which is read again by who scrolls there
      const next = `${last.time},${last.id}`;
      Object.assign(now.current, { next, count: ROWS_MOST });
      return { rows: rows.slice(0, ROWS_MOST), next };
    });
  }, []);
  const restart = useCallback(() => setRestarting(true), []);

  return { rows: loaded.rows, isComplete: loaded.next === undefined, isLoading, problem, more, add, restart };
}

function pageHref(href: string, after: string, limit: number): string {
  return `${href}${href.includes("?") ? "&" : "?"}limit=${limit}&after=${encodeURIComponent(after)}`;
}
