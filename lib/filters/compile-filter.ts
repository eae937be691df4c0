/** A filter compiled once into tests: all criteria of a clause, any clause of include (none = everything), no clause of exclude. */
import type { Flow } from "#lib/flows/flow.ts";
import { CRITERIA } from "./criteria.ts";
import type { AnyBuilt, Criterion, CriterionName, FilterProblem, ValueProblem } from "./criterion.ts";
import { CRITERION_NAMES } from "./criterion-names.ts";
import type { Clause, Filter } from "./filter.ts";
import type { PartTest } from "./flow-part.ts";

export interface CompiledClause {
  /** All must pass; none = every flow passes. */
  readonly tests: readonly CompiledCriterion[];
  matches(flow: Flow): boolean;
}

export interface CompiledCriterion {
  readonly criterion: CriterionName;
  readonly test: PartTest;
}

export interface CompiledFilter {
  readonly include: readonly CompiledClause[];
  readonly exclude: readonly CompiledClause[];
  matches(flow: Flow): boolean;
  readonly problem?: never;
}

export function compileFilter(filter: Filter): CompiledFilter | { readonly problem: FilterProblem } {
  const include = compileList(filter.include, "include");
  if ("problem" in include) return include;
  const exclude = compileList(filter.exclude, "exclude");
  if ("problem" in exclude) return exclude;
  return {
    include: include.clauses,
    exclude: exclude.clauses,
    matches: (flow) => (include.clauses.length === 0 || anyMatches(include.clauses, flow)) && !anyMatches(exclude.clauses, flow),
  };
}

export function compileClause(clause: Clause): CompiledClause | { readonly criterion: CriterionName; readonly problem: ValueProblem } {
  const tests: CompiledCriterion[] = [];
  for (const criterion of CRITERION_NAMES) {
    const built = buildCriterion(clause, criterion);
    if (built === undefined) continue;
    if (built.problem) return { criterion, problem: built.problem };
    tests.push({ criterion, test: built.test });
  }
  return { tests, matches: (flow) => tests.every(({ test }) => test.matchesFlow(flow)) };
}

/** Undefined where the clause does not set the criterion; an empty list is not set (proto3). */
function buildCriterion<N extends CriterionName>(clause: Clause, name: N): AnyBuilt | undefined {
  const values: Clause[N] = clause[name];
  if (values === undefined || values.length === 0) return undefined;
  const criterion: Criterion<N> = CRITERIA[name];
  return criterion.build(values);
}

function compileList(
  clauses: readonly Clause[],
  list: "include" | "exclude",
): { readonly clauses: readonly CompiledClause[] } | { readonly problem: FilterProblem } {
  const compiled: CompiledClause[] = [];
  for (const [index, clause] of clauses.entries()) {
    const one = compileClause(clause);
    if ("problem" in one) return { problem: { ...one.problem, list, clause: index, criterion: one.criterion } };
    compiled.push(one);
  }
  return { clauses: compiled };
}

function anyMatches(clauses: readonly CompiledClause[], flow: Flow): boolean {
  return clauses.some((clause) => clause.matches(flow));
}
