"use client";
/** The open field of the filter bar: criteria, stored values and free text, by mouse or by keyboard alone. */
import { useRouter } from "next/navigation";
import { type KeyboardEvent, useId, useState } from "react";
import { FACET_WORDS } from "#components/facets/facet-words.ts";
import { chipsOf, withoutChip } from "#lib/filters/chips.ts";
import { withExcluded, withIncluded } from "#lib/filters/edit-filter.ts";
import { DIMENSIONS, type Dimension } from "#lib/flows/dimension.ts";
import { hrefOf, type Search } from "#lib/url/search.ts";
import css from "./add-filter.module.css";
import type { WantedValue } from "./ask-for-value.ts";
import { SuggestionRow } from "./suggestion-row.tsx";
import type { Suggestion } from "./suggestions.ts";
import { useSuggestions } from "./use-suggestions.ts";

interface Props {
  readonly path: string;
  readonly search: Search;
  /** Opened for a value of this criterion. */
  readonly wanted: WantedValue | undefined;
  /** Typed before this arrived. */
  readonly early: string;
  readonly onClose: (isByKey: boolean) => void;
}

export function FilterField({ path, search, wanted, early, onClose }: Props) {
  const router = useRouter();
  const id = useId();
  const [input, setInput] = useState(`${wanted?.isExclude ? "-" : ""}${early}`);
  const [chosen, setChosen] = useState<Dimension | undefined>(DIMENSIONS.find((dimension) => dimension === wanted?.criterion));
  const [at, setAt] = useState(0);
  const { typed, suggestions, isAsking, isUnanswered } = useSuggestions(search, input, chosen);
  const active = suggestions[Math.min(at, suggestions.length - 1)];
  const go = (change: Partial<Search>): void => router.push(hrefOf(path, { ...search, ...change }), { scroll: false });

  function take(suggestion: Suggestion, isOpposite: boolean): void {
    if (suggestion.kind === "criterion") {
      setChosen(suggestion.dimension);
      setInput(typed.isExclude ? "-" : "");
      setAt(0);
      return;
    }
    if (suggestion.kind === "text") go({ text: suggestion.text });
    else {
      const change = typed.isExclude !== isOpposite ? withExcluded : withIncluded;
      go({ filter: change(search.filter, suggestion.dimension, suggestion.value) });
    }
    onClose(true);
  }

  function onKey(event: KeyboardEvent): void {
    if (event.key === "Escape") onClose(true);
    else if (event.key === "Backspace" && input === "") back();
    else if (event.key === "Enter" && active !== undefined) take(active, event.altKey);
    else if (event.key === "ArrowDown") setAt(Math.min(suggestions.length - 1, at + 1));
    else if (event.key === "ArrowUp") setAt(Math.max(0, at - 1));
    else return;
    event.preventDefault();
  }

  function back(): void {
    const last = chipsOf(search.filter).at(-1);
    if (chosen !== undefined) setChosen(undefined);
    else if (search.text !== "") go({ text: "" });
    else if (last !== undefined) go({ filter: withoutChip(search.filter, last) });
  }

  return (
    <div className={css.field}>
      <div className={css.box}>
        {chosen !== undefined && <span className={css.chosen}>{FACET_WORDS[chosen].title}</span>}
        <input
          // biome-ignore lint/a11y/noAutofocus: the field stands where the button was that was just pressed
          autoFocus
          ref={caretToEnd}
          role="combobox"
          aria-label={chosen === undefined ? "Add a filter" : `Value of ${FACET_WORDS[chosen].title}`}
          aria-expanded={suggestions.length > 0}
          aria-controls={`${id}list`}
          aria-activedescendant={active === undefined ? undefined : `${id}${active.id}`}
          aria-autocomplete="list"
          placeholder={chosen === undefined ? "Name, port:443, -ns:kube-system" : `Search ${FACET_WORDS[chosen].many}`}
          value={input}
          maxLength={500}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => {
            setInput(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKey}
          onBlur={() => onClose(false)}
        />
      </div>
      <div className={css.panel}>
        <div id={`${id}list`} role="listbox" aria-label="Suggestions">
          {suggestions.map((suggestion, index) => (
            <SuggestionRow
              key={suggestion.id}
              id={`${id}${suggestion.id}`}
              suggestion={suggestion}
              isExclude={typed.isExclude}
              isActive={suggestion === active}
              onPoint={() => setAt(index)}
              onTake={(isOpposite) => take(suggestion, isOpposite)}
            />
          ))}
        </div>
        <p className={css.note} role="status">
          {noteOf(suggestions, isAsking, isUnanswered)}
        </p>
      </div>
    </div>
  );
}

/** What was typed before stays in front of the caret. */
function caretToEnd(input: HTMLInputElement | null): void {
  input?.setSelectionRange(input.value.length, input.value.length);
}

function noteOf(suggestions: readonly Suggestion[], isAsking: boolean, isUnanswered: boolean): string {
  if (isUnanswered) return "The server did not answer; stored values are not listed.";
  if (isAsking) return "Looking";
  if (suggestions.length === 0) return "No stored value contains this.";
  return "Enter includes, Alt Enter excludes";
}
