/** What an agent of one Cilium release would make of a filter that is written for the newest: refusals, and changed meanings. */
import { compileClause } from "./compile-filter.ts";
import { CRITERIA } from "./criteria.ts";
import { type CiliumVersion, type Criterion, type CriterionName, isBefore, shortened } from "./criterion.ts";
import { CRITERION_NAMES } from "./criterion-names.ts";
import type { Clause, Filter } from "./filter.ts";
import { ASKED_LATER } from "./filter-schema.ts";
import { changedMeaning, type Effect, toleratedBy } from "./version-meaning.ts";

export interface VersionRemark {
  readonly effect: Effect;
  readonly list: "include" | "exclude";
  readonly clause: number;
  readonly criterion: CriterionName;
  /** Index of the value; undefined = the criterion itself. */
  readonly position: number | undefined;
  readonly reason: string;
  /** The release from which on the filter means what it means here; undefined where none helps. */
  readonly since: CiliumVersion | undefined;
}

type Found = Omit<VersionRemark, "list" | "clause" | "criterion">;

/** In the order of the clauses; refusals before changed meanings. Weir's own criteria are no filter of an agent and are not looked at. */
export function checkFilter(filter: Filter, version: CiliumVersion): readonly VersionRemark[] {
  const found = [...listRemarks(filter.include, "include", version), ...listRemarks(filter.exclude, "exclude", version)];
  const rank = { "refuses-file": 0, "refuses-entry": 1, "changes-meaning": 2 } as const;
  return found.toSorted((a, b) => rank[a.effect] - rank[b.effect]);
}

function listRemarks(clauses: readonly Clause[], list: "include" | "exclude", version: CiliumVersion): readonly VersionRemark[] {
  return clauses.flatMap((clause, index) =>
    CRITERION_NAMES.flatMap((criterion) =>
      criterionRemarks(clause, criterion, version).map((found) => ({ ...found, list, clause: index, criterion })),
    ),
  );
}

function criterionRemarks(clause: Clause, name: CriterionName, version: CiliumVersion): readonly Found[] {
  const values: readonly unknown[] | undefined = clause[name];
  const { origin, agentRefuses, clash }: Pick<Criterion<CriterionName>, "origin" | "agentRefuses" | "clash"> = CRITERIA[name];
  if (origin.kind === "weir" || values === undefined) return [];
  if (isBefore(version, origin.since)) {
    const reason = `unknown field "${name}": the whole file is refused before ${origin.since}`;
    return [{ effect: "refuses-file", position: undefined, reason, since: origin.since }];
  }
  // An empty list is not set, and its name must be known all the same.
  if (values.length === 0) return [];
  const clashing = clash?.(clause);
  if (clashing !== undefined) return [{ effect: "refuses-entry", position: undefined, reason: clashing, since: undefined }];
  return values.flatMap((value, position): readonly Found[] => {
    const refusal = agentRefuses?.(value, version, ASKED_LATER);
    if (refusal !== undefined) {
      const effect = refusal.class === "parse" ? "refuses-file" : "refuses-entry";
      return [{ effect, position, reason: shortened(refusal.reason), since: sinceOf(value, agentRefuses, version) }];
    }
    const wrong = wrongAnywhere(name, value);
    if (wrong !== undefined && !toleratedBy(name, value, version)) {
      return [{ effect: "refuses-entry", position, reason: wrong, since: undefined }];
    }
    return changedMeaning(name, value, version).map((changed) => ({ ...changed, position }));
  });
}

/** Why one value alone cannot be built by the newest agent. */
function wrongAnywhere(name: CriterionName, value: unknown): string | undefined {
  const clause: Clause = { [name]: [value] };
  const built = compileClause(clause, ASKED_LATER);
  return "problem" in built && built.problem.class === "build" && built.criterion === name && CRITERIA[name].clash?.(clause) === undefined
    ? built.problem.reason
    : undefined;
}

function sinceOf(
  value: unknown,
  agentRefuses: Criterion<CriterionName>["agentRefuses"],
  version: CiliumVersion,
): CiliumVersion | undefined {
  const newer: readonly CiliumVersion[] = ["1.16", "1.17", "1.18", "1.19"];
  return newer.find((one) => isBefore(version, one) && agentRefuses?.(value, one, ASKED_LATER) === undefined);
}
