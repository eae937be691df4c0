"use client";
/** Values with several fields, a line each: workloads, headers, interfaces. */
import { IconX } from "@tabler/icons-react";
import { useId } from "react";
import { Button } from "#components/ui/button.tsx";
import type { DrawInput, InputProps } from "./input-props.ts";
import css from "./inputs.module.css";
import type { Completion } from "./stored-values.ts";
import { useStoredValues } from "./use-stored-values.ts";

interface RecordField<V> {
  readonly name: string;
  readonly placeholder: string;
  readonly read: (value: V) => string;
  /** Undefined: the text is none that the field can hold. */
  readonly write: (value: V, text: string) => V | undefined;
  /** Values everybody knows, offered before stored ones. */
  readonly known?: readonly string[];
  readonly completion?: Completion;
}

interface RecordOptions<V> {
  readonly fields: readonly RecordField<V>[];
  /** What a new line begins with. */
  readonly empty: V;
  /** "workload", on the button. */
  readonly one: string;
}

export function recordValues<V>(options: RecordOptions<V>): DrawInput<readonly V[] | undefined> {
  return (props) => <Records {...props} options={options} />;
}

function Records<V>({
  label,
  values = [],
  onChange,
  troubleOf,
  options,
}: InputProps<readonly V[] | undefined> & { readonly options: RecordOptions<V> }) {
  const { fields, empty, one } = options;
  const change = (at: number, next: V): void => onChange(values.map((value, index) => (index === at ? next : value)));
  return (
    <div className={css.input}>
      {values.map((value, index) => {
        const trouble = troubleOf(value);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
          <div key={index} className={css.record}>
            {fields.map((field) => (
              <Field
                key={field.name}
                field={field}
                label={`${label} ${index + 1}, ${field.name}`}
                value={value}
                onChange={(next) => change(index, next)}
              />
            ))}
            <button
              type="button"
              className={css.remove}
              aria-label={`Remove ${one} ${index + 1}`}
              onClick={() => onChange(values.filter((_, at) => at !== index))}
            >
              <IconX size={12} stroke={1.8} aria-hidden="true" />
            </button>
            {trouble !== undefined && <p className={css.trouble}>{trouble}</p>}
          </div>
        );
      })}
      <Button size="small" onClick={() => onChange([...values, empty])}>
        Add a {one}
      </Button>
    </div>
  );
}

interface FieldProps<V> {
  readonly field: RecordField<V>;
  readonly label: string;
  readonly value: V;
  readonly onChange: (value: V) => void;
}

function Field<V>({ field: { placeholder, read, write, known = [], completion }, label, value, onChange }: FieldProps<V>) {
  const text = read(value);
  const list = useId();
  const stored = useStoredValues(completion, text);
  const offered = [...new Set([...known, ...stored])].filter((one) => one !== text).slice(0, 40);
  return (
    <>
      <input
        className={css.field}
        aria-label={label}
        placeholder={placeholder}
        value={text}
        list={offered.length > 0 ? list : undefined}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => {
          const next = write(value, event.target.value);
          if (next !== undefined) onChange(next);
        }}
      />
      {offered.length > 0 && (
        <datalist id={list}>
          {offered.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
      )}
    </>
  );
}
