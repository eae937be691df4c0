/** Everything a question is asked of, and the three cuts of it that answers need: the window, the window before, and all of the stored time. */
import type { Filter } from "#lib/filters/filter.ts";
import type { Problem } from "./answer.ts";
import { type StoredFlow, selectFlows, within } from "./reference-select.ts";
import { windowBefore } from "./resolve-window.ts";
import type { Scope } from "./scope.ts";
import type { ResolvedWindow } from "./window.ts";

/** What the store holds: shown flows, and the first instant of all (hidden ones too) in nanoseconds; undefined = nothing stored. */
export interface Corpus {
  readonly flows: readonly StoredFlow[];
  readonly oldest: bigint | undefined;
}

export interface Cut {
  /** Lets the question through, at any time; oldest first. */
  readonly ever: readonly StoredFlow[];
  readonly now: readonly StoredFlow[];
  /** Undefined where the store does not reach back before the window. */
  readonly before: readonly StoredFlow[] | undefined;
  readonly windowBefore: ResolvedWindow;
  readonly problem?: never;
}

export function cutCorpus(
  corpus: Corpus,
  window: ResolvedWindow,
  filter: Filter,
  scope: Scope,
  text: string,
): Cut | { readonly problem: Problem } {
  const selected = selectFlows(corpus.flows, filter, scope, text);
  if (selected.problem) return selected;
  const before = windowBefore(window);
  return {
    ever: selected.flows,
    now: within(selected.flows, window),
    before: reachesBack(corpus, window) ? within(selected.flows, before) : undefined,
    windowBefore: before,
  };
}

/** Whether the store holds anything from before the window: only then can something be called new. */
export function reachesBack(corpus: Corpus, window: ResolvedWindow): boolean {
  return corpus.oldest !== undefined && corpus.oldest < BigInt(window.from) * 1_000_000n;
}

/** Whether the first of these flows (oldest first, all of the stored time) lies in the window although the store reaches further back. */
export function isNewIn(window: ResolvedWindow, corpus: Corpus, ever: readonly StoredFlow[]): boolean {
  const first = ever[0];
  return first !== undefined && reachesBack(corpus, window) && first.flow.time >= BigInt(window.from) * 1_000_000n;
}
