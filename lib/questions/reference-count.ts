/** Counting, the naive way: sets of 5-tuples, sets of names. */
import type { Flow } from "#lib/flows/flow.ts";
import { REASONS } from "#lib/flows/reason.ts";
import type { Counts, ReasonCounts } from "./answer.ts";
import { type Buckets, bucketAt } from "./bucket-width.ts";
import { msOf, type StoredFlow } from "./reference-select.ts";

export function attemptsOf(flows: readonly StoredFlow[]): number {
  return new Set(flows.map(({ attempt }) => attempt)).size;
}

export function countsOf(flows: readonly StoredFlow[]): Counts {
  return { attempts: attemptsOf(flows), packets: flows.reduce((sum, { flow }) => sum + flow.packets, 0) };
}

/** Attempts per reason; an attempt with packets of two reasons counts under both. Reasons without any are left out. */
export function reasonsOf(flows: readonly StoredFlow[]): ReasonCounts {
  const counted = REASONS.map((reason) => [reason, attemptsOf(flows.filter(({ flow }) => flow.reason === reason))] as const);
  return Object.fromEntries(counted.filter(([, attempts]) => attempts > 0));
}

/** Values that are there at all: the empty text is none. */
export function distinct(flows: readonly StoredFlow[], textOf: (flow: Flow) => string): number {
  const values = new Set(flows.map(({ flow }) => textOf(flow)));
  values.delete("");
  return values.size;
}

/** Groups in the order in which their first flow comes. */
export function groupBy(flows: readonly StoredFlow[], keyOf: (flow: Flow) => string): Map<string, StoredFlow[]> {
  const groups = new Map<string, StoredFlow[]>();
  for (const stored of flows) {
    const key = keyOf(stored.flow);
    const group = groups.get(key);
    if (group) group.push(stored);
    else groups.set(key, [stored]);
  }
  return groups;
}

/** Each attempt once, in the bucket of its first packet. Flows must come oldest first. */
export function attemptsPerBucket(flows: readonly StoredFlow[], buckets: Buckets): number[] {
  const counts = Array.from({ length: buckets.count }, () => 0);
  const seen = new Set<string>();
  for (const { flow, attempt } of flows) {
    if (seen.has(attempt)) continue;
    seen.add(attempt);
    const bucket = bucketAt(buckets, msOf(flow));
    counts[bucket] = (counts[bucket] ?? 0) + 1;
  }
  return counts;
}
