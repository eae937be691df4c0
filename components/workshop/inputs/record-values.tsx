"use client";
/** Values with several fields, a line each: workloads, headers, interfaces. */
import { IconX } from "@tabler/icons-react";
import { Button } from "#components/ui/button.tsx";
import type { DrawInput, InputProps } from "./input-props.ts";
import css from "./inputs.module.css";

interface RecordField<V> {
  readonly name: string;
  readonly placeholder: string;
  readonly read: (value: V) => string;
  /** Undefined: the text is none that the field can hold. */
  readonly write: (value: V, text: string) => V | undefined;
  readonly known?: readonly string[];
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
            {fields.map(({ name, placeholder, read, write }) => (
              <input
                key={name}
                className={css.field}
                aria-label={`${label} ${index + 1}, ${name}`}
                placeholder={placeholder}
                value={read(value)}
                spellCheck={false}
                autoComplete="off"
                onChange={(event) => {
                  const next = write(value, event.target.value);
                  if (next !== undefined) change(index, next);
                }}
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
