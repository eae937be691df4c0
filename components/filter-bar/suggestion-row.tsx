"use client";
import { FACET_WORDS } from "#components/facets/facet-words.ts";
/** One line of what the field offers. */
import { ReasonMark } from "#components/ui/reason-mark.tsx";
import { isReason } from "#lib/flows/reason-words.ts";
import { formatCount } from "#lib/format/format-count.ts";
import { visibleText } from "#lib/format/visible-text.ts";
import css from "./add-filter.module.css";
import type { Suggestion } from "./suggestions.ts";

interface Props {
  readonly id: string;
  readonly suggestion: Suggestion;
  readonly isExclude: boolean;
  readonly isActive: boolean;
  readonly onPoint: () => void;
  readonly onTake: (isOpposite: boolean) => void;
}

export function SuggestionRow({ id, suggestion, isExclude, isActive, onPoint, onTake }: Props) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the caret stays in the field, aria-activedescendant points here
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field takes the keys
    <div
      id={id}
      role="option"
      aria-selected={isActive}
      className={css.option}
      onPointerMove={onPoint}
      // before the field loses the caret and closes
      onPointerDown={(event) => event.preventDefault()}
      onClick={(event) => onTake(event.altKey)}
    >
      <Words suggestion={suggestion} isExclude={isExclude} />
    </div>
  );
}

function Words({ suggestion, isExclude }: { readonly suggestion: Suggestion; readonly isExclude: boolean }) {
  if (suggestion.kind === "text") return <>Names that contain “{visibleText(suggestion.text, 80)}”</>;
  if (suggestion.kind === "criterion") {
    return (
      <>
        {isExclude ? "not " : ""}
        {suggestion.text} <small>choose a value</small>
      </>
    );
  }
  const { dimension, value, text, note, attempts } = suggestion;
  return (
    <>
      <span className={css.kind}>
        {isExclude ? "not " : ""}
        {FACET_WORDS[dimension].title.toLowerCase()}
      </span>
      {isReason(value) && dimension === "reason" && <ReasonMark reason={value} />}
      <bdi className={css.value}>{text}</bdi>
      {note !== "" && <span className={css.aside}>{note}</span>}
      <small>{attempts === undefined ? "as typed" : formatCount(attempts)}</small>
    </>
  );
}
