/** One value as a card shows it, marked where a finding is about it. */
import { visibleText } from "#lib/format/visible-text.ts";
import css from "./value-chip.module.css";
import type { ShownValue } from "./workshop-view.ts";

export function ValueChip({ value: { text, note, tone } }: { readonly value: ShownValue }) {
  return (
    <span className={css.chip} data-tone={tone} title={text.length > 40 ? visibleText(text, 1000) : undefined}>
      <bdi>{visibleText(text, 120)}</bdi>
      {note !== "" && <small>{note}</small>}
    </span>
  );
}
