"use client";
/** Values that are texts: a list to which one is added at a time, completed from what is stored and checked as it stands. */
import { IconX } from "@tabler/icons-react";
import { useId, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { visibleText } from "#lib/format/visible-text.ts";
import type { DrawInput, InputProps } from "./input-props.ts";
import css from "./inputs.module.css";
import type { Completion } from "./stored-values.ts";
import { useStoredValues } from "./use-stored-values.ts";

export interface TextOptions {
  readonly placeholder: string;
  /** The rule, where one sentence of help is not enough. */
  readonly rule?: string;
  /** Lighter, behind a value: what it means. */
  readonly note?: (value: string) => string;
  readonly completion?: Completion;
  /** Values everybody knows, offered before stored ones. */
  readonly known?: readonly string[];
  /** What was typed as the value an agent wants: IPv6 as it is written canonically. */
  readonly tidy?: (value: string) => string;
  /** A comma, space or line end separates two values; not where a value may hold them. */
  readonly splits?: boolean;
  readonly isCode?: boolean;
}

export function textValues(options: TextOptions): DrawInput<readonly string[] | undefined> {
  return (props) => <TextList {...props} options={options} />;
}

export function TextList({
  label,
  values = [],
  onChange,
  troubleOf,
  options,
}: InputProps<readonly string[] | undefined> & { readonly options: TextOptions }) {
  const [typed, setTyped] = useState("");
  const list = useId();
  const stored = useStoredValues(options.completion, typed);
  const { placeholder, rule, note = () => "", known = [], tidy = (value: string) => value, splits = false, isCode = false } = options;
  const offered = [...new Set([...known, ...stored])].filter((value) => !values.includes(value));
  const trouble = typed.trim() === "" ? undefined : troubleOf(tidy(typed.trim()));
  function add(text: string): void {
    const fresh = (splits ? text.split(/[\s,]+/) : [text])
      .map((one) => tidy(one.trim()))
      .filter((one) => one !== "" && !values.includes(one));
    if (fresh.length > 0) onChange([...values, ...new Set(fresh)]);
    setTyped("");
  }
  return (
    <div className={css.input}>
      {values.length > 0 && (
        <ul className={css.values} aria-label={`Values of ${label}`}>
          {values.map((value, index) => (
            <Value
              // biome-ignore lint/suspicious/noArrayIndexKey: values may be double
              key={index}
              value={value}
              note={note(value)}
              trouble={troubleOf(value)}
              onRemove={() => onChange(values.filter((_, at) => at !== index))}
            />
          ))}
        </ul>
      )}
      <div className={css.add}>
        <input
          className={css.field}
          data-code={isCode}
          aria-label={`Add to ${label}`}
          aria-invalid={trouble !== undefined}
          placeholder={placeholder}
          value={typed}
          list={offered.length > 0 ? list : undefined}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => {
            // a click on an offered value arrives as a change to all of it at once
            const isPicked =
              offered.includes(event.target.value) && !("data" in event.nativeEvent && typeof event.nativeEvent.data === "string");
            if (isPicked) add(event.target.value);
            else setTyped(event.target.value);
          }}
          onKeyDown={(event) => {
            if (event.key === "Enter") {
              event.preventDefault();
              add(typed);
            } else if (event.key === "Backspace" && typed === "" && values.length > 0) {
              onChange(values.slice(0, -1));
            }
          }}
        />
        <datalist id={list}>
          {offered.slice(0, 40).map((value) => (
            <option key={value} value={value} label={note(value) === "" ? undefined : note(value)} />
          ))}
        </datalist>
        <Button size="small" disabled={typed.trim() === ""} onClick={() => add(typed)}>
          Add
        </Button>
      </div>
      {trouble !== undefined && <p className={css.trouble}>{visibleText(trouble, 200)}</p>}
      {trouble === undefined && typed.trim() !== "" && note(tidy(typed.trim())) !== "" && (
        <p className={css.rule}>{note(tidy(typed.trim()))}</p>
      )}
      {rule !== undefined && <p className={css.rule}>{rule}</p>}
    </div>
  );
}

interface ValueProps {
  readonly value: string;
  readonly note: string;
  readonly trouble: string | undefined;
  readonly onRemove: () => void;
}

function Value({ value, note, trouble, onRemove }: ValueProps) {
  const shown = value === "" ? "empty" : visibleText(value, 200);
  return (
    <li className={css.value} data-bad={trouble !== undefined}>
      <bdi title={visibleText(value, 1000)}>{shown}</bdi>
      {note !== "" && <small>{note}</small>}
      <button type="button" aria-label={`Remove ${shown}`} onClick={onRemove}>
        <IconX size={12} stroke={1.8} aria-hidden="true" />
      </button>
      {trouble !== undefined && <span className={css.trouble}>{visibleText(trouble, 200)}</span>}
    </li>
  );
}
