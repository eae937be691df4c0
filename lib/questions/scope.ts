/** Which flows count at all: egress that policy blocked, unless the filter itself speaks about reasons or directions. */
import type { Clause, Filter } from "#lib/filters/filter.ts";
import type { Flow } from "#lib/flows/flow.ts";
import { POLICY_REASONS, REASONS, type Reason } from "#lib/flows/reason.ts";

export interface Scope {
  /** Only flows of these reasons count; undefined = of any. */
  readonly reasons: readonly Reason[] | undefined;
  /** Whether flows known to be ingress count; those of unknown direction always do. */
  readonly ingress: boolean;
}

const SPEAKS_OF_REASONS = ["reason", "verdict", "drop_reason_desc"] as const satisfies readonly (keyof Clause)[];
const SPEAKS_OF_DIRECTION = ["traffic_direction"] as const satisfies readonly (keyof Clause)[];

/** Blocked or nearly so, by whatever: what the reason facet offers. */
const STOPPED_REASONS: readonly Reason[] = REASONS.filter((reason) => reason !== "none");

/** Every flow, whatever it is. */
export const EVERY_SCOPE: Scope = { reasons: undefined, ingress: true };

/** Any include clause that speaks of it lifts the restriction for all; exclude clauses never do. */
export function scopeOf(filter: Filter): Scope {
  return {
    reasons: includes(filter, SPEAKS_OF_REASONS) ? undefined : POLICY_REASONS,
    ingress: includes(filter, SPEAKS_OF_DIRECTION),
  };
}

/** The reason facet offers would-be drops and other drops too, so that they can be chosen. */
export function reasonFacetScope(filter: Filter): Scope {
  return { ...scopeOf(filter), reasons: STOPPED_REASONS };
}

/** The scope with other reasons, for what the question's own leave out. */
export function scopeWithReasons(scope: Scope, reasons: readonly Reason[]): Scope {
  return { ...scope, reasons };
}

export function inScope(scope: Scope, flow: Pick<Flow, "reason" | "direction">): boolean {
  return (scope.ingress || flow.direction !== "ingress") && (scope.reasons === undefined || scope.reasons.includes(flow.reason));
}

function includes(filter: Filter, names: readonly (keyof Clause)[]): boolean {
  return filter.include.some((clause) => names.some((name) => (clause[name]?.length ?? 0) > 0));
}
