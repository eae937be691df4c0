/** A facet's rows with the links that change the choice. */
import { choiceOf, toggle, withExcluded, withOnly, without } from "#lib/filters/edit-filter.ts";
import type { Filter } from "#lib/filters/filter.ts";
import type { Dimension } from "#lib/flows/dimension.ts";
import { REASONS } from "#lib/flows/reason.ts";
import type { Facet, FacetValue } from "#lib/questions/answer.ts";
import { scopeOf } from "#lib/questions/scope.ts";
import { hrefOf, type Search } from "#lib/url/search.ts";
import { type ValueWords, valueWords } from "./facet-words.ts";

export type Choice = "included" | "excluded" | "open";

export interface FacetRowModel extends ValueWords {
  /** As in the filter; the empty text = has none. */
  readonly value: string;
  readonly attempts: number;
  readonly choice: Choice;
  /** Counted here, but not in the answer: would-be drops and what is not policy. */
  readonly isLeftOut: boolean;
  /** Includes, or takes the choice back. */
  readonly toggleHref: string;
  readonly excludeHref: string;
  readonly onlyHref: string;
}

/** The server's values, then those that are chosen and have no blocked egress at all: a choice never goes out of sight. */
export function facetRows(facet: Facet, path: string, search: Search): readonly FacetRowModel[] {
  const there = new Set(facet.values.map(({ value }) => value ?? ""));
  const chosen = chosenValues(search.filter, facet.dimension).filter((value) => !there.has(value));
  const values = [...facet.values, ...chosen.map((value) => ({ value, attempts: 0 }))];
  const rows = values.map((value) => facetRow(value, facet.dimension, path, search));
  return facet.dimension === "reason" ? rows.sort((a, b) => placeOf(a) - placeOf(b)) : rows;
}

export function facetRow({ value, attempts }: FacetValue, dimension: Dimension, path: string, search: Search): FacetRowModel {
  const text = value ?? "";
  const { filter } = search;
  const to = (changed: Filter): string => hrefOf(path, { ...search, filter: changed, row: "" });
  const choice = choiceOf(filter, dimension, text);
  return {
    ...valueWords(dimension, value),
    value: text,
    attempts,
    choice,
    isLeftOut: isLeftOut(dimension, text, filter),
    toggleHref: to(choice === "excluded" ? without(filter, dimension, text) : toggle(filter, dimension, text)),
    excludeHref: to(choice === "excluded" ? without(filter, dimension, text) : withExcluded(filter, dimension, text)),
    onlyHref: to(withOnly(filter, dimension, text)),
  };
}

/** Reasons keep their order, so that a hand finds them where they were. */
function placeOf(row: FacetRowModel): number {
  return row.reason === undefined ? REASONS.length : REASONS.indexOf(row.reason);
}

function isLeftOut(dimension: Dimension, value: string, filter: Filter): boolean {
  return dimension === "reason" && scopeOf(filter).reasons?.every((reason) => reason !== value) === true;
}

function chosenValues(filter: Filter, dimension: Dimension): readonly string[] {
  const clauses = [...filter.include, ...filter.exclude.filter((clause) => Object.keys(clause).length === 1)];
  return [...new Set(clauses.flatMap((clause) => clause[dimension] ?? []))];
}
