/** What was looked at on both sides, and which part of it comes from the feeds. */
import { parseTime } from "#lib/flows/flow-time.ts";
import type { Coverage, CoverageDetails, Filled, NodeReport, Problem } from "#lib/questions/answer.ts";
import { compareText } from "#lib/questions/reference-select.ts";
import type { BoundaryState } from "./boundary-keeper.ts";

export interface CoverageParts {
  /** Of history. */
  readonly name: string;
  /** Undefined = history cannot be asked. */
  readonly old: Coverage | undefined;
  readonly own: Coverage;
  readonly state: BoundaryState;
  readonly alone: Problem | undefined;
}

/** Lines are those that feeds of this machine read: nobody tells here what became of the others. */
export function joinCoverage({ name, old, own, state, alone }: CoverageParts): Coverage {
  const filled: Filled = {
    history: name,
    since: alone === undefined && state.waitingFor.length === 0 ? undefined : new Date(state.at).toISOString(),
    newest: old?.span?.newest,
    missing: state.missing,
    waitingFor: state.waitingFor,
    unheard: state.unheard,
    alone,
  };
  if (old === undefined) return { ...own, store: name, filled };
  return {
    ...own,
    store: name,
    ...(old.unavailable !== undefined && { unavailable: old.unavailable }),
    ...(old.shipped !== undefined && { shipped: old.shipped }),
    span: joinSpans(old.span, own.span),
    nodes: Math.max(old.nodes, own.nodes),
    filled,
  };
}

/** Flows of a node are history's and those it does not have yet. */
export function joinDetails(old: CoverageDetails | undefined, own: CoverageDetails, state: BoundaryState): CoverageDetails {
  if (old === undefined) return own;
  const waiting = new Map(state.waitingFor.map(({ node, packets }) => [node, packets]));
  const nodes = new Map(old.nodes.map((node) => [node.node, node]));
  for (const node of own.nodes) {
    const known = nodes.get(node.node);
    nodes.set(node.node, known === undefined ? node : joinNodes(known, node, waiting.get(node.node) ?? 0));
  }
  return {
    ...own,
    nodes: [...nodes.values()].sort((a, b) => compareText(a.node, b.node)),
    ...(old.checks !== undefined && { checks: old.checks }),
  };
}

function joinNodes(old: NodeReport, own: NodeReport, waiting: number): NodeReport {
  return {
    node: old.node,
    newest: isBefore(old.newest, own.newest) ? own.newest : old.newest,
    oldest: isBefore(own.oldest, old.oldest) ? own.oldest : old.oldest,
    flows: old.flows + waiting,
  };
}

function joinSpans(one: Coverage["span"], other: Coverage["span"]): Coverage["span"] {
  if (one === undefined || other === undefined) return one ?? other;
  return {
    oldest: isBefore(other.oldest, one.oldest) ? other.oldest : one.oldest,
    newest: isBefore(one.newest, other.newest) ? other.newest : one.newest,
  };
}

function isBefore(a: string, b: string): boolean {
  return (parseTime(a) ?? 0n) < (parseTime(b) ?? 0n);
}
