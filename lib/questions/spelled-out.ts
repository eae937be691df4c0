/** A filter with its silent part said aloud: what counts when nothing names reasons or directions, as criteria like any other. */
import type { Clause, Filter } from "#lib/filters/filter.ts";
import { scopeOf } from "./scope.ts";

/** Lets the same flows through, whoever reads it: for copies that leave Weir. */
export function spelledOut(filter: Filter): Filter {
  const scope = scopeOf(filter);
  const said: Clause = {
    ...(!scope.ingress && { traffic_direction: ["EGRESS", "TRAFFIC_DIRECTION_UNKNOWN"] }),
    ...(scope.reasons && { reason: scope.reasons }),
  };
  if (Object.keys(said).length === 0) return filter;
  const include = filter.include.length === 0 ? [{}] : filter.include;
  return { ...filter, include: include.map((clause) => ({ ...clause, ...said })) };
}
