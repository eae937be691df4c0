/**
 * What clicks do to a filter. The simple shape that clicks make: at most one include clause, AND-ing its criteria, and for each excluded
 * criterion an exclude clause of its own. Anything else keeps its meaning and shows as one chip per clause.
 */
import type { Grouping } from "#lib/flows/dimension.ts";
import { isLabelGrouping } from "#lib/flows/dimension.ts";
import type { CriterionName, ValuesOf } from "./criterion.ts";
import { CRITERION_NAMES } from "./criterion-names.ts";
import type { Clause, Filter } from "./filter.ts";

/** Criteria whose values are texts: those that a value on screen can be clicked into. */
export type TextCriterion = { [N in CriterionName]: ValuesOf<N> extends readonly string[] ? N : never }[CriterionName];

/** Those whose values are not. */
const OTHER_VALUES: { readonly [N in Exclude<CriterionName, TextCriterion>]: true } = {
  source_workload: true,
  source_identity: true,
  destination_workload: true,
  destination_identity: true,
  interface: true,
  event_type: true,
  reply: true,
  http_header: true,
  tcp_flags: true,
  encrypted: true,
};

export function isTextCriterion(name: CriterionName): name is TextCriterion {
  return !Object.hasOwn(OTHER_VALUES, name);
}

/** Shows only flows with this value too; a second value of one criterion is "or". In a filter of several include clauses, each is narrowed. */
export function withIncluded(filter: Filter, criterion: TextCriterion, value: string): Filter {
  const clean = without(filter, criterion, value);
  const include = clean.include.length === 0 ? [{}] : clean.include;
  return { ...clean, include: include.map((clause) => withValue(clause, criterion, value)) };
}

/** Leaves out flows with this value. */
export function withExcluded(filter: Filter, criterion: TextCriterion, value: string): Filter {
  const clean = without(filter, criterion, value);
  const own = clean.exclude.findIndex((clause) => isOnly(clause, criterion));
  if (own < 0) return { ...clean, exclude: [...clean.exclude, { [criterion]: [value] }] };
  return { ...clean, exclude: clean.exclude.map((clause, index) => (index === own ? withValue(clause, criterion, value) : clause)) };
}

/** Takes back a choice of this value, or of every value of the criterion. Exclude clauses of several criteria are left as they are. */
export function without(filter: Filter, criterion: TextCriterion, value?: string): Filter {
  return {
    include: changed(filter.include, (clause) => withoutValue(clause, criterion, value)),
    exclude: changed(filter.exclude, (clause) => (isOnly(clause, criterion) ? withoutValue(clause, criterion, value) : clause)),
  };
}

/** Included: taken back; else included. */
export function toggle(filter: Filter, criterion: TextCriterion, value: string): Filter {
  return choiceOf(filter, criterion, value) === "included" ? without(filter, criterion, value) : withIncluded(filter, criterion, value);
}

/** This value and no other of the criterion. */
export function withOnly(filter: Filter, criterion: TextCriterion, value: string): Filter {
  return withIncluded(without(filter, criterion), criterion, value);
}

export function choiceOf(filter: Filter, criterion: TextCriterion, value: string): "included" | "excluded" | "open" {
  if (filter.include.some((clause) => clause[criterion]?.includes(value))) return "included";
  if (filter.exclude.some((clause) => isOnly(clause, criterion) && clause[criterion]?.includes(value))) return "excluded";
  return "open";
}

/** The criterion and value that a cell of a grouping stands for; null is "has none". */
export function criterionOfCell(grouping: Grouping, value: string | null): { readonly criterion: TextCriterion; readonly value: string } {
  if (!isLabelGrouping(grouping)) return { criterion: grouping, value: value ?? "" };
  const key = grouping.slice("label:".length);
  return { criterion: "source_label", value: value === null || value === "" ? `!${key}` : `${key}=${value}` };
}

/** Drops a whole clause. */
export function withoutClause(filter: Filter, list: "include" | "exclude", clause: number): Filter {
  return { ...filter, [list]: filter[list].filter((_, index) => index !== clause) };
}

/** Drops a criterion from one clause, and the clause with its last criterion. */
export function withoutCriterion(filter: Filter, list: "include" | "exclude", clause: number, criterion: CriterionName): Filter {
  return { ...filter, [list]: changed(filter[list], (one, index) => (index === clause ? omit(one, criterion) : one)) };
}

export function isEverything(filter: Filter): boolean {
  return filter.include.length === 0 && filter.exclude.length === 0;
}

export function criteriaOf(clause: Clause): readonly CriterionName[] {
  return CRITERION_NAMES.filter((name) => (clause[name]?.length ?? 0) > 0);
}

function isOnly(clause: Clause, criterion: CriterionName): boolean {
  const names = criteriaOf(clause);
  return names.length === 1 && names[0] === criterion;
}

function withValue(clause: Clause, criterion: TextCriterion, value: string): Clause {
  const values = clause[criterion] ?? [];
  return values.includes(value) ? clause : { ...clause, [criterion]: [...values, value] };
}

function withoutValue(clause: Clause, criterion: TextCriterion, value: string | undefined): Clause {
  const values = clause[criterion];
  if (values === undefined) return clause;
  const left = value === undefined ? [] : values.filter((one) => one !== value);
  return left.length === 0 ? omit(clause, criterion) : { ...clause, [criterion]: left };
}

function omit(clause: Clause, criterion: CriterionName): Clause {
  const { [criterion]: _, ...rest } = clause;
  return rest;
}

/** A clause without criteria matches everything: one that lost its last criterion goes, one that was written so stays. */
function changed(clauses: readonly Clause[], change: (clause: Clause, index: number) => Clause): readonly Clause[] {
  return clauses.flatMap((clause, index) => {
    const after = change(clause, index);
    return after !== clause && criteriaOf(after).length === 0 ? [] : [after];
  });
}
