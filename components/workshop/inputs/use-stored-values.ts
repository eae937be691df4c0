"use client";
/** What the store holds of a kind, for what is typed: asked when the typing rests; nothing is offered where nobody answers. */
import { useEffect, useState } from "react";
import { fetchFacets } from "#components/facets/fetch-facets.ts";
import { EVERYTHING } from "#lib/filters/filter.ts";
import type { Completion } from "./stored-values.ts";

const REST_MS = 150;
const MOST = 12;

export function useStoredValues(completion: Completion | undefined, typed: string): readonly string[] {
  const [values, setValues] = useState<readonly string[]>([]);
  useEffect(() => {
    if (completion === undefined) return;
    const { dimensions, spell, find = (text: string) => text } = completion;
    const stop = new AbortController();
    const timer = setTimeout(async () => {
      const facets = await fetchFacets({
        search: { window: undefined, filter: EVERYTHING, text: "" },
        dimensions,
        find: find(typed.trim()),
        limit: MOST,
        signal: stop.signal,
      });
      if (stop.signal.aborted) return;
      const spelled = (facets ?? []).flatMap(({ dimension, values: found }) =>
        found.flatMap(({ value }) => (value === null || value === "" ? [] : spell(dimension, value))),
      );
      setValues([...new Set(spelled)]);
    }, REST_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [completion, typed]);
  return values;
}
