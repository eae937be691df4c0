"use client";
/** Values out of a few: a box to check for each, with what it means; what stands there and is none of them is kept and shown. */
import { useState } from "react";
import { visibleText } from "#lib/format/visible-text.ts";
import type { DrawInput, InputProps } from "./input-props.ts";
import css from "./inputs.module.css";

export interface Choice<V> {
  readonly value: V;
  readonly words: string;
  /** Lighter, behind it. */
  readonly note?: string;
  /** Choices under one head. */
  readonly group?: string;
}

interface ChoiceOptions<V> {
  readonly choices: readonly Choice<V>[];
  /** A field that narrows the list, for long ones. */
  readonly hasSearch?: boolean;
  readonly text: (value: V) => string;
  /** Two values that are one to an agent; by default those with the same text. */
  readonly same?: (a: V, b: V) => boolean;
}

export function choiceValues<V>(options: ChoiceOptions<V>): DrawInput<readonly V[] | undefined> {
  return (props) => <Choices {...props} options={options} />;
}

function Choices<V>({
  label,
  values = [],
  onChange,
  options,
}: InputProps<readonly V[] | undefined> & { readonly options: ChoiceOptions<V> }) {
  const [find, setFind] = useState("");
  const { choices, text, hasSearch = false, same = (a: V, b: V) => text(a) === text(b) } = options;
  const strange = values.filter((value) => !choices.some((choice) => same(choice.value, value)));
  const all: readonly Choice<V>[] = [...strange.map((value) => ({ value, words: text(value), group: "Also set" })), ...choices];
  const wanted = find.trim().toLowerCase();
  const shown = all.filter(({ words, note = "", value }) => `${words} ${note} ${text(value)}`.toLowerCase().includes(wanted));
  const groups = [...Map.groupBy(shown, ({ group = "" }) => group)];
  return (
    <div className={css.input}>
      {hasSearch && (
        <input
          className={css.field}
          type="search"
          aria-label={`Find in ${label}`}
          placeholder="Find by name, number or meaning"
          value={find}
          onChange={(event) => setFind(event.target.value)}
        />
      )}
      <div className={css.choices} data-long={hasSearch}>
        {groups.map(([group, members]) => (
          <fieldset key={group} className={css.group}>
            <legend className={group === "" ? css.silent : css.head}>{group === "" ? label : group}</legend>
            {members.map((choice) => (
              <label key={text(choice.value)} className={css.choice}>
                <input
                  type="checkbox"
                  checked={values.some((value) => same(value, choice.value))}
                  onChange={(event) =>
                    onChange(event.target.checked ? [...values, choice.value] : values.filter((value) => !same(value, choice.value)))
                  }
                />
                <span>
                  {visibleText(choice.words, 80)} {choice.note !== undefined && <small>{choice.note}</small>}
                </span>
              </label>
            ))}
          </fieldset>
        ))}
        {shown.length === 0 && <p className={css.rule}>Nothing of that name.</p>}
      </div>
    </div>
  );
}
