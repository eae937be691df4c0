"use client";
/** The address bar as React state: reading it, and changing it so that the server answers again. */
import { createMultiParser, useQueryStates } from "nuqs";
import { useCallback, useEffect, useMemo, useState, useTransition } from "react";
import { ALIASES } from "./criteria.ts";
import type { Judge } from "./judge.ts";
import { readSearchWith } from "./read-search-with.ts";
import { PARAMETER_NAMES, type Search, searchEntries } from "./search.ts";
import { trustingJudge } from "./trusting-judge.ts";

/** Parameters stay text here; the readers alone say what they mean. */
export const parseAsTexts = createMultiParser<readonly string[]>({
  parse: (texts) => (texts.length === 0 ? null : texts),
  serialize: (texts) => [...texts],
  eq: sameTexts,
});

const KEYS = Object.fromEntries([...PARAMETER_NAMES, ...aliasNames()].map((name) => [name, parseAsTexts]));

type Raw = Readonly<Record<string, readonly string[] | null>>;

/** What differs from the present choice, or a function of it. */
export type SearchChange = Partial<Search> | ((search: Search) => Partial<Search>);

export interface SearchState {
  readonly search: Search;
  /** The server has not answered the last change yet. */
  readonly pending: boolean;
  /**
   * `replace` is for what nobody wants to step back through: a column's width, the open row while J and K step. `shallow` is for what the
   * server need not answer again: how a table looks.
   */
  readonly change: (change: SearchChange, options?: { readonly history?: "push" | "replace"; readonly shallow?: boolean }) => void;
}

/** Call it once per view and hand callbacks down: every call listens to every parameter. Needs nuqs' adapter above it. */
export function useSearch(): SearchState {
  const [pending, startTransition] = useTransition();
  const [raw, setRaw] = useQueryStates(KEYS, { history: "push", shallow: false, scroll: false });
  const judge = useJudge(raw.filter ?? null);
  const search = useMemo(() => readRaw(raw, judge), [raw, judge]);
  const change = useCallback<SearchState["change"]>(
    (change, options) => {
      // A shallow change waits for nobody: as a transition it would show the old state for a moment more.
      void setRaw((current) => updateOf(current, change, judge), options?.shallow === true ? options : { ...options, startTransition });
    },
    [setRaw, judge],
  );
  return { search, pending, change };
}

/** The strict judge, with all its schemas, is fetched only for a filter that the trusting one cannot read. */
function useJudge(filter: readonly string[] | null): Judge {
  const [strict, setStrict] = useState<Judge | undefined>();
  const isReadable = isReadableBy(trustingJudge, filter);
  useEffect(() => {
    if (isReadable) return;
    let isWanted = true;
    void import("./strict-judge.ts").then(({ strictJudge }) => {
      if (isWanted) setStrict(strictJudge);
    });
    return () => {
      isWanted = false;
    };
  }, [isReadable]);
  return isReadable ? trustingJudge : (strict ?? trustingJudge);
}

function isReadableBy(judge: Judge, filter: readonly string[] | null): boolean {
  return filter === null || judge.whole(filter[0] ?? "").why === undefined;
}

function readRaw(raw: Raw, judge: Judge): Search {
  return readSearchWith(judge, Object.fromEntries(Object.entries(raw).map(([name, texts]) => [name, texts ?? undefined]))).search;
}

/** Only parameters whose text changes: nuqs pushes a history entry even for a value that stays the same. */
function updateOf(raw: Raw, change: SearchChange, judge: Judge): Record<string, readonly string[] | null> {
  const before = readRaw(raw, judge);
  const after = { ...before, ...(typeof change === "function" ? change(before) : change) };
  const wanted = textsByName(after);
  if (sameParameters(textsByName(before), wanted)) return {};
  const update: Record<string, readonly string[] | null> = {};
  // A filter that is not read yet is no filter to take away.
  const untouched = after.filter === before.filter && !isReadableBy(judge, raw.filter ?? null) ? "filter" : "";
  for (const name of Object.keys(KEYS)) {
    const next = wanted.get(name) ?? [];
    if (name !== untouched && !sameTexts(raw[name] ?? [], next)) update[name] = next.length === 0 ? null : next;
  }
  return update;
}

function textsByName(search: Search): ReadonlyMap<string, readonly string[]> {
  const byName = Map.groupBy(searchEntries(search), ([name]) => name);
  return new Map([...byName].map(([name, entries]) => [name, entries.map(([, text]) => text)]));
}

function sameParameters(a: ReadonlyMap<string, readonly string[]>, b: ReadonlyMap<string, readonly string[]>): boolean {
  return a.size === b.size && [...a].every(([name, texts]) => sameTexts(texts, b.get(name) ?? []));
}

function sameTexts(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((text, index) => text === b[index]);
}

function aliasNames(): readonly string[] {
  return [...ALIASES.keys()].flatMap((name) => [name, `not.${name}`]);
}
