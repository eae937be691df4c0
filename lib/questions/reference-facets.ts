/** The facets of a question. */
import { type Dimension, dimensionValue } from "#lib/flows/dimension.ts";
import type { Facet, Problem } from "./answer.ts";
import { facetQuestion } from "./facet-question.ts";
import type { FacetsQuestion } from "./question.ts";
import { type Corpus, cutCorpus } from "./reference-corpus.ts";
import { attemptsOf, groupBy } from "./reference-count.ts";
import { compareText } from "./reference-select.ts";

export function facetsOf(corpus: Corpus, question: FacetsQuestion): { readonly answer: readonly Facet[] } | { readonly problem: Problem } {
  const facets: Facet[] = [];
  for (const dimension of question.facets) {
    const facet = facetOf(corpus, question, dimension);
    if ("problem" in facet) return facet;
    facets.push(facet);
  }
  return { answer: facets };
}

/** Most attempts first, ties by value; a search keeps values that hold its text in any case. */
function facetOf(corpus: Corpus, question: FacetsQuestion, dimension: Dimension): Facet | { readonly problem: Problem } {
  const { filter, scope } = facetQuestion(question.filter, dimension);
  const cut = cutCorpus(corpus, question.window, filter, scope, question.text);
  if (cut.problem) return { problem: cut.problem };
  const wanted = (question.search[dimension] ?? "").trim().toLowerCase();
  const values = [...groupBy(cut.now, (flow) => dimensionValue(flow, dimension))]
    .filter(([value]) => value.toLowerCase().includes(wanted))
    .map(([value, flows]) => ({ value, attempts: attemptsOf(flows) }))
    .sort((a, b) => b.attempts - a.attempts || compareText(a.value, b.value));
  return {
    dimension,
    values: values.slice(0, question.limit).map(({ value, attempts }) => ({ value: value === "" ? null : value, attempts })),
    total: values.length,
  };
}
