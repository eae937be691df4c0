/** A filter as chips: one per criterion where the filter has the simple shape, else one per clause, in plain words. */
import { CRITERIA } from "./criteria.ts";
import type { CriterionName } from "./criterion.ts";
import { valueTexts } from "./criterion-text.ts";
import { describeClause } from "./describe.ts";
import { criteriaOf, withoutClause, withoutCriterion } from "./edit-filter.ts";
import type { Clause, Filter } from "./filter.ts";

interface ChipPlace {
  readonly list: "include" | "exclude";
  /** Index of the clause in its list. */
  readonly clause: number;
}

export interface CriterionChip extends ChipPlace {
  readonly kind: "criterion";
  readonly criterion: CriterionName;
  /** "namespace" */
  readonly label: string;
  /** As shown; "none" stands for "has none". */
  readonly values: readonly string[];
}

export interface ClauseChip extends ChipPlace {
  readonly kind: "clause";
  readonly text: string;
}

export type Chip = CriterionChip | ClauseChip;

export function chipsOf(filter: Filter): readonly Chip[] {
  const [only, ...more] = filter.include;
  const include =
    only !== undefined && more.length === 0
      ? criteriaOf(only).map((criterion) => criterionChip({ list: "include", clause: 0 }, only, criterion))
      : filter.include.map((clause, index) => clauseChip({ list: "include", clause: index }, clause));
  const exclude = filter.exclude.map((clause, index) => {
    const [criterion, ...others] = criteriaOf(clause);
    const place = { list: "exclude", clause: index } as const;
    return criterion !== undefined && others.length === 0 ? criterionChip(place, clause, criterion) : clauseChip(place, clause);
  });
  return [...include, ...exclude];
}

export function withoutChip(filter: Filter, chip: Chip): Filter {
  return chip.kind === "clause"
    ? withoutClause(filter, chip.list, chip.clause)
    : withoutCriterion(filter, chip.list, chip.clause, chip.criterion);
}

function criterionChip(place: ChipPlace, clause: Clause, criterion: CriterionName): CriterionChip {
  return { ...place, kind: "criterion", criterion, label: CRITERIA[criterion].label, values: valueTexts(clause, criterion) };
}

function clauseChip(place: ChipPlace, clause: Clause): ClauseChip {
  return { ...place, kind: "clause", text: describeClause(clause) };
}
