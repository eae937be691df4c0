/** Problems that several questions can run into, in the product's words. */
import { CRITERIA } from "#lib/filters/criteria.ts";
import type { FilterProblem } from "#lib/filters/criterion.ts";
import { isCriterion } from "#lib/filters/criterion-names.ts";
import type { Problem } from "./answer.ts";

/** A filter that means nothing, with the criterion and position at fault. */
export function filterProblem(problem: FilterProblem): Problem {
  const clause = problem.list === undefined ? "The filter" : `${problem.list}, clause ${(problem.clause ?? 0) + 1}`;
  const value = problem.position === undefined ? "" : `, value ${problem.position + 1}`;
  const where = problem.criterion === "" ? clause : `${clause}, ${problem.criterion}${value}`;
  return {
    kind: "bad-question",
    title: "This filter cannot be read.",
    detail: `${where}: ${problem.reason}.`,
    next: isCriterion(problem.criterion) ? CRITERIA[problem.criterion].help : "Take the clause out, or write it as Cilium's FlowFilter.",
  };
}

export function notFound(id: string): Problem {
  const shown = id.length > 60 ? `${id.slice(0, 60)}…` : id;
  return {
    kind: "not-found",
    title: "This flow is not in the store.",
    detail: `No stored flow has the id ${shown}.`,
    next: "It may be older than what the store keeps, or come from another store.",
  };
}
