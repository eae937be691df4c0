/** The flows that a question lets through: the naive way, one flow after the other. The law that every store's answers are held against. */
import { compileFilter } from "#lib/filters/compile-filter.ts";
import type { Filter } from "#lib/filters/filter.ts";
import type { Flow } from "#lib/flows/flow.ts";
import type { Problem } from "./answer.ts";
import { filterProblem } from "./problems.ts";
import { inScope, type Scope } from "./scope.ts";
import { textTests } from "./text-match.ts";
import type { ResolvedWindow } from "./window.ts";

/** A flow as a store shows it: siblings already folded, the hidden one of a pair left out. */
export interface StoredFlow {
  /** The uuid, or the id the store gave. */
  readonly id: string;
  readonly flow: Flow;
  /** Same text = same attempt. */
  readonly attempt: string;
}

const NS_PER_MS = 1_000_000n;

export type Selected =
  | { readonly flows: readonly StoredFlow[]; readonly problem?: never }
  | { readonly problem: Problem; readonly flows?: never };

/** Whatever the time; oldest first, ties by id. */
export function selectFlows(flows: readonly StoredFlow[], filter: Filter, scope: Scope, text: string): Selected {
  const compiled = compileFilter(filter);
  if (compiled.problem) return { problem: filterProblem(compiled.problem) };
  const tests = textTests(text);
  const chosen = flows.filter(
    ({ flow }) => inScope(scope, flow) && compiled.matches(flow) && (tests.length === 0 || tests.some((test) => test.matchesFlow(flow))),
  );
  return { flows: chosen.sort(byTimeAndId) };
}

export function within(flows: readonly StoredFlow[], window: ResolvedWindow): readonly StoredFlow[] {
  const from = BigInt(window.from) * NS_PER_MS;
  const to = BigInt(window.to) * NS_PER_MS;
  return flows.filter(({ flow }) => flow.time >= from && flow.time < to);
}

export function byTimeAndId(a: StoredFlow, b: StoredFlow): number {
  if (a.flow.time !== b.flow.time) return a.flow.time < b.flow.time ? -1 : 1;
  return compareText(a.id, b.id);
}

/** Code unit order. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Whole milliseconds since 1970. */
export function msOf(flow: Flow): number {
  return Number(flow.time / NS_PER_MS);
}
