/** The facets of a question. */
import type { Dimension } from "#lib/flows/dimension.ts";
import type { Facet, Problem } from "#lib/questions/answer.ts";
import { facetQuestion } from "#lib/questions/facet-question.ts";
import type { FacetsQuestion } from "#lib/questions/question.ts";
import type { Told } from "./answer-summary.ts";
import { groupSlice } from "./grouped.ts";

import type { Snapshot } from "./slices.ts";

export async function answerFacets(snapshot: Snapshot, question: FacetsQuestion): Promise<Told<readonly Facet[]>> {
  const facets: Facet[] = [];
  for (const dimension of question.facets) {
    const facet = await facetOf(snapshot, question, dimension);
    if ("problem" in facet) return facet;
    facets.push(facet);
  }
  return { answer: facets };
}

/** Most attempts first, ties by value. */
async function facetOf(snapshot: Snapshot, question: FacetsQuestion, dimension: Dimension): Promise<Facet | { readonly problem: Problem }> {
  const cut = await snapshot.cut(question, facetQuestion(question.filter, dimension));
  if (cut.problem) return cut;
  const grouped = await groupSlice(snapshot.reader, cut.now, [dimension]);
  const wanted = (question.search[dimension] ?? "").trim().toLowerCase();
  const values: { readonly value: string; readonly attempts: number }[] = [];
  for (let group = 0; group < grouped.size; group++) {
    const value = grouped.textsAt(group)[0] ?? "";
    if (wanted === "" || value.toLowerCase().includes(wanted)) values.push({ value, attempts: grouped.attemptsAt(group) });
  }
  values.sort((a, b) => b.attempts - a.attempts || (a.value < b.value ? -1 : 1));
  return {
    dimension,
    values: values.slice(0, question.limit).map(({ value, attempts }) => ({ value: value === "" ? null : value, attempts })),
    total: values.length,
  };
}
