/** What an agent of the target version would say against one value of a criterion. */
import type { TargetVersion } from "#lib/exporter/config.ts";
import { checkFilter } from "#lib/filters/check-filter.ts";
import type { Criterion, CriterionName } from "#lib/filters/criterion.ts";

/** Undefined: nothing. What the value asks of others in its clause is not looked at here. */
export function troubleOf<N extends CriterionName>(criterion: Criterion<N>, value: unknown, target: TargetVersion): string | undefined {
  const read = criterion.schema.safeParse([value]);
  if (!read.success) return read.error.issues[0]?.message ?? "unreadable";
  const remarks = checkFilter({ include: [{ [criterion.name]: read.data }], exclude: [] }, target);
  return remarks.find(({ position }) => position !== undefined)?.reason;
}
