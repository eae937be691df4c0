/** The values of one criterion as a person reads them. */
import { CRITERIA } from "./criteria.ts";
import type { Criterion, CriterionName } from "./criterion.ts";
import type { Clause } from "./filter.ts";

/** Empty where the clause does not set the criterion. */
export function valueTexts<N extends CriterionName>(clause: Clause, name: N): readonly string[] {
  const criterion: Criterion<N> = CRITERIA[name];
  const values: Clause[N] = clause[name];
  return Array.from<Parameters<Criterion<N>["valueText"]>[0], string>(values ?? [], (value) => criterion.valueText(value));
}
