/** Reads FlowFilters as an agent of one Cilium version reads them: its fields and names alone, and whether it could build them. */
import { compileFilter } from "./compile-filter.ts";
import { CRITERIA } from "./criteria.ts";
import type { CiliumVersion } from "./criterion.ts";
import { type Criterion, type CriterionName, type FilterProblem, isBefore, shortened } from "./criterion.ts";
import { isCriterion } from "./criterion-names.ts";
import { ASKED_LATER, parseFilter, parseProblem, type ReadFilter } from "./filter-schema.ts";
import { snakeCase } from "./json-value.ts";

/** FlowFilters as JSON values; a list that is absent or null is not set. */
export interface FlowFilterLists {
  readonly include?: unknown;
  readonly exclude?: unknown;
}

type Place = Pick<FilterProblem, "list" | "clause">;

/**
 * The filter, or what the agent reports first: `parse` refuses the file that holds it, `build` its entry. A filter that the agent takes and
 * that cannot be previewed exactly is `unsupported`, after all of the agent's own problems.
 */
export function readAsAgent({ include, exclude }: FlowFilterLists, version: CiliumVersion): ReadFilter {
  const refusals = [...refusalsIn(include, "include", version), ...refusalsIn(exclude, "exclude", version)];
  const unread = refusals.find((refusal) => refusal.class === "parse");
  if (unread) return { problem: unread };
  const parsed = parseFilter({ include, exclude });
  if (parsed.problem) return parsed;
  const { problem } = compileFilter(parsed.filter, ASKED_LATER);
  const [unbuilt] = refusals;
  if (unbuilt && (problem === undefined || problem.class === "unsupported")) return { problem: unbuilt };
  return problem ? { problem } : parsed;
}

/** What this version refuses and a newer one, or Weir, does not; without what is wrong anywhere. */
function refusalsIn(list: unknown, name: "include" | "exclude", version: CiliumVersion): FilterProblem[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((clause: unknown, index) => refusalsOf(clause, { list: name, clause: index }, version));
}

function refusalsOf(clause: unknown, place: Place, version: CiliumVersion): FilterProblem[] {
  if (typeof clause !== "object" || clause === null || Array.isArray(clause)) return [];
  return Object.entries(clause).flatMap(([key, values]): FilterProblem[] => {
    const name = snakeCase(key) === "experimental" ? "cel_expression" : snakeCase(key);
    if (!isCriterion(name) || !isKnown(name, version) || snakeCase(key) === "cel_expression") {
      return [{ ...parseProblem([], `unknown field "${shortened(key)}"`), ...place, criterion: name }];
    }
    return Array.isArray(values) ? refusedValues(name, values, place, version) : [];
  });
}

function isKnown(name: CriterionName, version: CiliumVersion): boolean {
  const { origin } = CRITERIA[name];
  // The dimension of this name has the same values, so that one record serves both.
  return origin.kind === "cilium" && !isBefore(version, origin.since);
}

function refusedValues(name: CriterionName, values: readonly unknown[], place: Place, version: CiliumVersion): FilterProblem[] {
  const { agentRefuses }: Pick<Criterion<CriterionName>, "agentRefuses"> = CRITERIA[name];
  return values.flatMap((value, position): FilterProblem[] => {
    const refusal = agentRefuses?.(value, version, ASKED_LATER);
    return refusal === undefined ? [] : [{ ...refusal, ...place, criterion: name, position }];
  });
}
