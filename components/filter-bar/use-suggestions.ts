"use client";
/** Suggestions for what is typed: the server is asked when the typing rests, and an older answer never overtakes a newer one. */
import { useEffect, useMemo, useState } from "react";
import { fetchFacets } from "#components/facets/fetch-facets.ts";
import type { Dimension } from "#lib/flows/dimension.ts";
import type { Facet } from "#lib/questions/answer.ts";
import type { Search } from "#lib/url/search.ts";
import { readTyped, type Suggestion, suggestionsFor, type Typed } from "./suggestions.ts";

const REST = 120;
const EVERYWHERE: readonly Dimension[] = ["namespace", "workload", "pod", "group", "name", "ip", "port", "policy"];

interface Suggesting {
  readonly typed: Typed;
  readonly suggestions: readonly Suggestion[];
  readonly isAsking: boolean;
  readonly isUnanswered: boolean;
}

interface Known {
  readonly key: string;
  readonly facets: readonly Facet[] | undefined;
}

export function useSuggestions(search: Search, input: string, chosen: Dimension | undefined): Suggesting {
  const typed = useMemo(() => readTyped(input, chosen), [input, chosen]);
  const isQuestion = typed.dimension !== undefined || typed.text !== "";
  const key = isQuestion ? `${typed.dimension ?? "*"} ${typed.text}` : "";
  const [known, setKnown] = useState<Known>({ key: "", facets: [] });
  const { dimension, text } = typed;
  useEffect(() => {
    if (key === "") return;
    const stop = new AbortController();
    const timer = setTimeout(async () => {
      const dimensions = dimension === undefined ? EVERYWHERE : [dimension];
      const facets = await fetchFacets({ search, dimensions, find: text, limit: dimension === undefined ? 3 : 12, signal: stop.signal });
      if (!stop.signal.aborted) setKnown({ key, facets });
    }, REST);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [key, search, dimension, text]);
  const isAsking = key !== "" && known.key !== key;
  const facets = key === "" ? [] : known.facets;
  return { typed, suggestions: suggestionsFor(typed, isAsking ? [] : facets), isAsking, isUnanswered: !isAsking && facets === undefined };
}
