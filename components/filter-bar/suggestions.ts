/** What the field of the filter bar offers for what is typed. */
import { FACET_WORDS, valueWords } from "#components/facets/facet-words.ts";
import { DIMENSIONS, type Dimension } from "#lib/flows/dimension.ts";
import type { Facet } from "#lib/questions/answer.ts";

export type Suggestion =
  | { readonly kind: "text"; readonly id: string; readonly text: string }
  | { readonly kind: "criterion"; readonly id: string; readonly dimension: Dimension; readonly text: string }
  | {
      readonly kind: "value";
      readonly id: string;
      readonly dimension: Dimension;
      /** As in the filter; the empty text = has none. */
      readonly value: string;
      readonly text: string;
      readonly note: string;
      /** Undefined for a value as typed, which may not be stored. */
      readonly attempts: number | undefined;
    };

export interface Typed {
  readonly isExclude: boolean;
  readonly dimension: Dimension | undefined;
  readonly text: string;
}

/** In the order people reach for them. */
export const OFFERED: readonly Dimension[] = [
  "namespace",
  "pod",
  "workload",
  "group",
  "port",
  "ip",
  "name",
  "cidr",
  "reason",
  "policy",
  "protocol",
  "node",
  "cluster",
];

/** `-port: 44` → an exclusion, of a port, starting with 44. A colon after what is no criterion belongs to the text: IPv6. */
export function readTyped(input: string, chosen: Dimension | undefined): Typed {
  const isExclude = /^(?:-|not )/i.test(input.trimStart());
  const rest = isExclude ? input.trimStart().replace(/^(?:-|not )/i, "") : input;
  if (chosen !== undefined) return { isExclude, dimension: chosen, text: rest.trim() };
  const colon = rest.indexOf(":");
  const dimension = colon < 0 ? undefined : dimensionCalled(rest.slice(0, colon));
  return { isExclude, dimension, text: (dimension === undefined ? rest : rest.slice(colon + 1)).trim() };
}

/** `facets` are the server's values for the text, undefined while they are on their way. */
export function suggestionsFor(typed: Typed, facets: readonly Facet[] | undefined): readonly Suggestion[] {
  const values = (facets ?? []).flatMap((facet) =>
    facet.values.map((value) => valueSuggestion(facet.dimension, value.value, value.attempts)),
  );
  if (typed.dimension !== undefined) {
    const isThere = values.some((one) => one.kind === "value" && one.value === typed.text);
    return typed.text === "" || isThere ? values : [...values, valueSuggestion(typed.dimension, typed.text, undefined)];
  }
  const called = OFFERED.filter((dimension) => matches(dimension, typed.text)).map(criterionSuggestion);
  if (typed.text === "") return called;
  return [...values, ...called, { kind: "text", id: "text", text: typed.text }];
}

function criterionSuggestion(dimension: Dimension): Suggestion {
  return { kind: "criterion", id: `criterion-${dimension}`, dimension, text: FACET_WORDS[dimension].title };
}

function valueSuggestion(dimension: Dimension, value: string | null, attempts: number | undefined): Suggestion {
  const { text, note } = valueWords(dimension, value);
  return { kind: "value", id: `${dimension}-${value ?? ""}`, dimension, value: value ?? "", text, note, attempts };
}

function matches(dimension: Dimension, text: string): boolean {
  const wanted = text.toLowerCase();
  return dimension.startsWith(wanted) || FACET_WORDS[dimension].title.toLowerCase().includes(wanted);
}

function dimensionCalled(word: string): Dimension | undefined {
  const wanted = word.trim().toLowerCase();
  if (wanted === "ns") return "namespace";
  return DIMENSIONS.find((dimension) => dimension === wanted || FACET_WORDS[dimension].title.toLowerCase() === wanted);
}
