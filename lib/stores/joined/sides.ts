/** The two stores that an answer is put together from, and how their answers are taken apart at the boundary. */

import { REASONS } from "#lib/flows/reason.ts";
import type { Counts, ReasonCounts } from "#lib/questions/answer.ts";
import type { ResolvedWindow } from "#lib/questions/window.ts";
import type { FlowStore } from "#lib/stores/flow-store.ts";

/**
 * History counts flows before the boundary. The feeds' store holds flows on both sides of it: what they add is what it counts in a window less
 * what it counts in the part before the boundary, so that an attempt with packets on both sides counts once. It looks back as far as it holds
 * flows: a 5-tuple that comes again after more than that counts as another attempt.
 */
export interface Sides {
  /** As if it held nothing from the boundary on. */
  readonly history: FlowStore;
  readonly recent: FlowStore;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The first instant that history holds, in milliseconds since 1970; undefined = it is empty. */
  readonly oldest: number | undefined;
  readonly gone: AbortSignal | undefined;
}

/** The part of a window before the boundary; undefined = none. */
export function partBefore({ from, to }: ResolvedWindow, at: number): ResolvedWindow | undefined {
  return at <= from ? undefined : { from, to: Math.min(to, at) };
}

/** The part of a window from the boundary on; undefined = none. */
export function partAfter({ from, to }: ResolvedWindow, at: number): ResolvedWindow | undefined {
  return at >= to ? undefined : { from: Math.max(from, at), to };
}

/** Never below nothing: the feeds' store may have forgotten between two questions. */
export function plus(before: number, all: number, seen: number | undefined): number {
  return before + Math.max(0, all - (seen ?? 0));
}

export function plusCounts(before: Counts, all: Counts, seen: Counts | undefined): Counts {
  return { attempts: plus(before.attempts, all.attempts, seen?.attempts), packets: plus(before.packets, all.packets, seen?.packets) };
}

export function plusReasons(before: ReasonCounts, all: ReasonCounts, seen: ReasonCounts | undefined): ReasonCounts {
  const sums = REASONS.map((reason) => [reason, plus(before[reason] ?? 0, all[reason] ?? 0, seen?.[reason])] as const);
  return Object.fromEntries(sums.filter(([, sum]) => sum > 0));
}

/**
 * Buckets of history with what the feeds add. Every attempt counts in the bucket of its first packet: of the feeds' `all`, the first `seen`
 * attempts are history's, whichever bucket they lie in.
 */
export function plusBuckets(before: readonly number[], all: readonly number[], seen: number): number[] {
  let left = seen;
  return Array.from({ length: Math.max(before.length, all.length) }, (_, index) => {
    const count = all[index] ?? 0;
    const known = Math.min(left, count);
    left -= known;
    return (before[index] ?? 0) + count - known;
  });
}
