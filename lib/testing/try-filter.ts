/** Everything that is done with a filter a stranger sent: read, matched, described and spelled in every way. Throws where any of it breaks its promise. */
import { toFlowFilterJson, toFlowFilterYaml } from "#lib/exporter/flow-filter-text.ts";
import { readFlowFilters } from "#lib/exporter/read-flow-filters.ts";
import { chipsOf } from "#lib/filters/chips.ts";
import { compileFilter } from "#lib/filters/compile-filter.ts";
import type { FilterProblem } from "#lib/filters/criterion.ts";
import { describeFilter } from "#lib/filters/describe.ts";
import { ASKED_LATER, readFilterText } from "#lib/filters/filter-schema.ts";
import { KQL_FACTS, type KqlColumns } from "#lib/filters/kql-columns.ts";
import { toHubbleCli } from "#lib/filters/to-hubble-cli.ts";
import { toKql } from "#lib/filters/to-kql.ts";
import type { Flow } from "#lib/flows/flow.ts";
import { encodeQuery } from "#lib/url/encode-query.ts";
import { printFilter } from "#lib/url/print-filter.ts";
import { readFilter as readParameters } from "#lib/url/read-filter.ts";
import { strictJudge } from "#lib/url/strict-judge.ts";

const COLUMNS: KqlColumns = Object.fromEntries(Object.keys(KQL_FACTS).map((fact) => [fact, fact]));

/** Whether the text holds a filter; a problem has to say where it is and why. */
export function tryFilter(text: string, flows: readonly Flow[]): "filter" | FilterProblem["class"] {
  const asPasted = readFlowFilters(text);
  if (asPasted.problem) checkProblem(asPasted.problem);
  const { filter, problem } = readFilterText(text);
  if (problem) {
    checkProblem(problem);
    return problem.class;
  }
  const compiled = compileFilter(filter, ASKED_LATER);
  if (compiled.problem) throw new Error(`read, and then refused: ${compiled.problem.reason}`);
  for (const flow of flows) if (typeof compiled.matches(flow) !== "boolean") throw new Error("neither passed nor not");
  if (describeFilter(filter) === "") throw new Error("no words");
  chipsOf(filter);
  for (const spelled of [toHubbleCli(filter), toKql(filter, COLUMNS), toFlowFilterYaml(filter), toFlowFilterJson(filter)]) {
    if (spelled.refusal && spelled.refusal.reason === "") throw new Error("refused without a reason");
  }
  const { unreadable } = readParameters([...new URLSearchParams(encodeQuery(printFilter(filter)))], strictJudge);
  if (unreadable.length > 0) throw new Error(`not read back: ${unreadable[0]?.name} ${unreadable[0]?.why}`);
  return "filter";
}

/** Anything about one value names its list, clause, criterion and position. */
function checkProblem({ reason, criterion, position, list, clause }: FilterProblem): void {
  if (reason === "") throw new Error("a problem without a reason");
  if (reason.length > 1000) throw new Error(`a reason of ${reason.length} characters`);
  if (position !== undefined && criterion === "") throw new Error(`a position without a criterion: ${reason}`);
  if (criterion !== "" && list !== undefined && clause === undefined) throw new Error(`${criterion}, but which clause? ${reason}`);
}
