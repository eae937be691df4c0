/** A filter compiled once into tests: all criteria of a clause, any clause of include (none = everything), no clause of exclude. */
import type { Flow } from "#lib/flows/flow.ts";
import { CRITERIA } from "./criteria.ts";
import type { BuildContext, Built, Criterion, CriterionName, FilterProblem, NonFlow, ValueProblem } from "./criterion.ts";
import { CRITERION_NAMES } from "./criterion-names.ts";
import type { Clause, Filter } from "./filter.ts";
import { all, any, type PartName, type PartTest } from "./flow-part.ts";

export interface CompiledClause {
  /** All must pass; none = every flow passes. */
  readonly tests: readonly CompiledCriterion[];
  readonly matches: (flow: Flow) => boolean;
  /** The same for an event of the exporter that is no flow. */
  matchesNonFlow(event: NonFlow): boolean;
}

export interface CompiledCriterion {
  readonly criterion: CriterionName;
  readonly test: PartTest;
  readonly passesNonFlow: (event: NonFlow) => boolean;
}

export interface CompiledFilter {
  readonly include: readonly CompiledClause[];
  readonly exclude: readonly CompiledClause[];
  readonly matches: (flow: Flow) => boolean;
  matchesNonFlow(event: NonFlow): boolean;
  readonly problem?: never;
}

/** The first problem that an agent would report; one that only a preview has (`unsupported`) comes after all of those. */
export function compileFilter(filter: Filter, context: BuildContext = {}): CompiledFilter | { readonly problem: FilterProblem } {
  const include = compileList(filter.include, "include", context);
  if (include.problem && include.problem.class !== "unsupported") return { problem: include.problem };
  const exclude = compileList(filter.exclude, "exclude", context);
  const problem = exclude.problem?.class === "unsupported" ? (include.problem ?? exclude.problem) : (exclude.problem ?? include.problem);
  if (problem) return { problem };
  const [included, excluded] = [include.clauses, exclude.clauses];
  return {
    include: included,
    exclude: excluded,
    matches: shows(
      included.map(({ matches }) => matches),
      excluded.map(({ matches }) => matches),
    ),
    matchesNonFlow: (event) =>
      (included.length === 0 || included.some((clause) => clause.matchesNonFlow(event))) &&
      !excluded.some((clause) => clause.matchesNonFlow(event)),
  };
}

type FlowTest = (flow: Flow) => boolean;

function shows(include: readonly FlowTest[], exclude: readonly FlowTest[]): FlowTest {
  const [shown, hidden] = [include.length === 0 ? all([]) : any(include), any(exclude)];
  return exclude.length === 0 ? shown : (flow) => shown(flow) && !hidden(flow);
}

export function compileClause(
  clause: Clause,
  context: BuildContext = {},
): CompiledClause | { readonly criterion: CriterionName; readonly problem: ValueProblem } {
  const tests: CompiledCriterion[] = [];
  let unsupported: { readonly criterion: CriterionName; readonly problem: ValueProblem } | undefined;
  for (const criterion of CRITERION_NAMES) {
    const built = buildCriterion(clause, criterion, context);
    if (built === undefined) continue;
    if (built.problem?.class === "unsupported") unsupported ??= { criterion, problem: built.problem };
    else if (built.problem) return { criterion, problem: built.problem };
    else tests.push({ criterion, test: built.test, passesNonFlow: built.passesNonFlow ?? never });
  }
  if (unsupported) return unsupported;
  return {
    tests,
    matches: all(cheapestFirst(tests).map(({ test }) => test.matchesFlow)),
    matchesNonFlow: (event) => tests.every(({ passesNonFlow }) => passesNonFlow(event)),
  };
}

/** What is read and compared at once; then what is looked up; patterns and expressions last. */
const COST: { readonly [P in PartName | "any" | "all"]: number } = {
  event: 0,
  source_port: 0,
  destination_port: 0,
  any: 1,
  all: 1,
  uuid: 1,
  source: 2,
  destination: 2,
  node: 2,
  node_labels: 2,
  source_ip: 2,
  destination_ip: 2,
  denied_by: 2,
  detail: 3,
  source_names: 3,
  destination_names: 3,
  pod: 4,
  workload: 4,
  cluster: 4,
  line: 5,
};

function cheapestFirst(tests: readonly CompiledCriterion[]): readonly CompiledCriterion[] {
  return tests.toSorted((a, b) => COST[a.test.part] - COST[b.test.part]);
}

function never(): boolean {
  return false;
}

/** Undefined where the clause does not set the criterion; an empty list is not set (proto3). */
function buildCriterion<N extends CriterionName>(clause: Clause, name: N, context: BuildContext): Built | undefined {
  const values: Clause[N] = clause[name];
  if (values === undefined || values.length === 0) return undefined;
  const criterion: Criterion<N> = CRITERIA[name];
  const clash = criterion.clash?.(clause);
  return clash === undefined ? criterion.build(values, context) : { problem: { class: "build", position: 0, reason: clash } };
}

function compileList(
  clauses: readonly Clause[],
  list: "include" | "exclude",
  context: BuildContext,
): { readonly clauses: readonly CompiledClause[]; readonly problem: FilterProblem | undefined } {
  const compiled: CompiledClause[] = [];
  let unsupported: FilterProblem | undefined;
  for (const [index, clause] of clauses.entries()) {
    const one = compileClause(clause, context);
    if ("matches" in one) compiled.push(one);
    else {
      const problem: FilterProblem = { ...one.problem, list, clause: index, criterion: one.criterion };
      if (problem.class !== "unsupported") return { clauses: [], problem };
      unsupported ??= problem;
    }
  }
  return { clauses: compiled, problem: unsupported };
}
