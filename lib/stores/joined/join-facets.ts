/** The facets over both sides. */

import { without } from "#lib/filters/edit-filter.ts";
import type { Facet, FacetValue } from "#lib/questions/answer.ts";
import type { FacetsQuestion } from "#lib/questions/question.ts";
import { compareText } from "#lib/questions/reference-select.ts";
import type { Told } from "#lib/stores/told.ts";
import { keyText, lookUp, MOST_GROUPS } from "./look-up.ts";
import { partBefore, type Sides } from "./sides.ts";

/** So many values of history are asked for at least: all reasons among them. */
const LEAST_VALUES = 20;

export async function joinFacets(sides: Sides, question: FacetsQuestion): Promise<Told<readonly Facet[]>> {
  const { history, recent, at, gone } = sides;
  const seenWindow = partBefore(question.window, at);
  const whole = { ...question, limit: MOST_GROUPS };
  const [all, seen] = await Promise.all([recent.facets(whole, gone), seenWindow && recent.facets({ ...whole, window: seenWindow }, gone)]);
  if (all.problem !== undefined) return all;
  if (seen?.problem !== undefined) return seen;
  const added = all.answer.map((facet, index) => addedTo(facet, seen?.answer[index]));
  const most = Math.max(LEAST_VALUES, ...added.map((values) => question.limit + values.length));
  const old = await history.facets({ ...question, limit: most }, gone);
  if (old.problem !== undefined) return old;
  const facets: Facet[] = [];
  for (const [index, facet] of old.answer.entries()) {
    const joined = await joinFacet(sides, question, facet, added[index] ?? []);
    if (joined.problem !== undefined) return joined;
    facets.push(joined.answer);
  }
  return { answer: facets };
}

/** Values with the attempts that the feeds add, where they add any. */
function addedTo(all: Facet, seen: Facet | undefined): FacetValue[] {
  const before = new Map(seen?.values.map(({ value, attempts }) => [value, attempts]));
  return all.values
    .map(({ value, attempts }) => ({ value, attempts: attempts - (before.get(value) ?? 0) }))
    .filter(({ attempts }) => attempts > 0);
}

async function joinFacet(sides: Sides, question: FacetsQuestion, old: Facet, added: readonly FacetValue[]): Promise<Told<Facet>> {
  if (old.unavailable !== undefined) return { answer: old };
  const { dimension } = old;
  const sums = new Map(old.values.map(({ value, attempts }) => [value, attempts]));
  const unnamed = old.values.length >= old.total ? [] : added.filter(({ value }) => !sums.has(value));
  const open = { window: question.window, text: question.text, filter: without(question.filter, dimension) };
  const found = await lookUp(
    sides,
    open,
    [dimension],
    unnamed.map(({ value }) => [value]),
    partBefore(question.window, sides.at),
  );
  if (found.problem !== undefined) return found;
  let { total } = old;
  for (const { value, attempts } of added) {
    const before = sums.get(value) ?? found.answer.get(keyText([value]))?.attempts;
    if (before === undefined) total += 1;
    sums.set(value, (before ?? 0) + attempts);
  }
  const values = [...sums]
    .map(([value, attempts]) => ({ value, attempts }))
    .sort((a, b) => b.attempts - a.attempts || compareText(a.value ?? "", b.value ?? ""));
  return { answer: { ...old, values: values.slice(0, question.limit), total } };
}
