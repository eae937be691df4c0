/** The facets of a question. */

import type { Dimension } from "#lib/flows/dimension.ts";
import type { Facet, Problem } from "#lib/questions/answer.ts";
import { facetQuestion } from "#lib/questions/facet-question.ts";
import type { FacetsQuestion } from "#lib/questions/question.ts";
import type { Told } from "#lib/stores/told.ts";
import { nearTop } from "./answer-groups.ts";
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
  const textAt = (group: number): string => grouped.textsAt(group)[0] ?? "";
  const every = Array.from({ length: grouped.size }, (_, group) => group);
  const found = wanted === "" ? every : every.filter((group) => textAt(group).toLowerCase().includes(wanted));
  const attempts = new Float64Array(grouped.size);
  for (let group = 0; group < attempts.length; group++) attempts[group] = grouped.attemptsAt(group);
  const values = nearTop(found, attempts, true, question.limit).map((group) => ({ value: textAt(group), attempts: attempts[group] ?? 0 }));
  values.sort((a, b) => b.attempts - a.attempts || (a.value < b.value ? -1 : 1));
  return {
    dimension,
    values: values.slice(0, question.limit).map(({ value, attempts }) => ({ value: value === "" ? null : value, attempts })),
    total: found.length,
  };
}
