/** What an agent would say against one value of a criterion. */
import type { TargetVersion } from "#lib/exporter/config.ts";
import { compileClause } from "#lib/filters/compile-filter.ts";
import type { Criterion, CriterionName } from "#lib/filters/criterion.ts";

/** Undefined: nothing. Values that only Weir cannot answer are right to an agent. */
export function troubleOf<N extends CriterionName>(criterion: Criterion<N>, value: unknown, target: TargetVersion): string | undefined {
  const read = criterion.schema.safeParse([value]);
  if (!read.success) return read.error.issues[0]?.message ?? "unreadable";
  const built = compileClause({ [criterion.name]: read.data });
  if ("problem" in built && built.problem.class !== "unsupported") return built.problem.reason;
  return criterion.agentRefuses?.(value, target)?.reason;
}
