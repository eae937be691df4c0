/** The facets of a question, all in one request. */

import { without } from "#lib/filters/edit-filter.ts";
import type { Facet } from "#lib/questions/answer.ts";
import { facetQuestion } from "#lib/questions/facet-question.ts";
import type { FacetsQuestion } from "#lib/questions/question.ts";
import type { Told } from "#lib/stores/told.ts";
import { type Asking, around, askFor, flowsQuery, IN_WINDOW, windowParameters } from "./asking.ts";
import { dimensionKql } from "./dimension-kql.ts";
import { type QueryParameter, textParameter } from "./kusto-query.ts";
import { COUNT, rowShape, TEXT } from "./row-shape.ts";
import { scopeText, searchOf, selectionOf } from "./selection.ts";
import { unavailableOf } from "./unavailable.ts";
import { wordsOf } from "./words-of.ts";

const VALUE_ROW = rowShape(["Value", TEXT], ["Attempts", COUNT], ["Total", COUNT]);

/** A facet that the table cannot tell says why. */
export async function facetsOf(asking: Asking, question: FacetsQuestion): Promise<Told<readonly Facet[]>> {
  const unavailable = unavailableOf(asking.settings);
  const told = await availableFacets(asking, { ...question, facets: question.facets.filter((one) => unavailable[one] === undefined) });
  if (told.problem) return told;
  const found = new Map(told.answer.map((facet) => [facet.dimension, facet]));
  return {
    answer: question.facets.map(
      (dimension) => found.get(dimension) ?? { dimension, values: [], total: 0, unavailable: unavailable[dimension] },
    ),
  };
}

async function availableFacets(asking: Asking, question: FacetsQuestion): Promise<Told<readonly Facet[]>> {
  const search = searchOf(question.text);
  const parameters: QueryParameter[] = [...windowParameters(question.window), ...search.parameters];
  const statements = [`let Window = materialize(Shown | where ${IN_WINDOW} | where ${search.text})`];
  // most facets are not in the filter: these count the same flows
  const chosen = new Map<string, string>();
  for (const [index, dimension] of question.facets.entries()) {
    const { filter, scope } = facetQuestion(question.filter, dimension);
    const key = JSON.stringify([filter, scope]);
    let flows = chosen.get(key);
    if (flows === undefined) {
      const selected = selectionOf(asking.settings, filter, `f${chosen.size}_`);
      if (selected.problem) return selected;
      flows = `Chosen${chosen.size}`;
      chosen.set(key, flows);
      parameters.push(...selected.selection.parameters);
      statements.push(`let ${flows} = materialize(Window | where ${selected.selection.text} and ${scopeText(scope)})`);
    }
    const wanted = (question.search[dimension] ?? "").trim();
    if (wanted !== "") parameters.push(textParameter(`_search${index}`, wanted));
    statements.push(
      `let Facet${index} = materialize(${flows} | summarize Attempts = count_distinct(Attempt) by Value = ${dimensionKql(dimension)}${wanted === "" ? "" : ` | where Value contains _search${index}`})`,
      `Facet${index} | order by Attempts desc, Value asc | take ${Math.max(0, Math.trunc(question.limit))} | extend Total = toscalar(Facet${index} | count)`,
    );
  }
  if (question.facets.length === 0) return { answer: [] };
  // only what no facet leaves out of the filter
  const words = wordsOf(
    question.facets.reduce((filter, dimension) => without(filter, dimension), question.filter),
    asking.settings,
  );
  const query = flowsQuery(asking, { span: around(asking, question.window), words, parameters, statements });
  const told = await askFor(asking.gateway, query, ...question.facets.map(() => VALUE_ROW));
  if (told.problem) return told;
  return {
    answer: question.facets.map((dimension, index) => {
      const rows = told.results[index] ?? [];
      return {
        dimension,
        values: rows.map(([value, attempts]) => ({ value: value === "" ? null : value, attempts })),
        total: rows[0]?.[2] ?? 0,
      };
    }),
  };
}
