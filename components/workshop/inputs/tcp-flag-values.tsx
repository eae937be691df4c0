"use client";
/** Combinations of TCP flags: all that are checked must be set; other flags may be, too. */
import { IconX } from "@tabler/icons-react";
import { Button } from "#components/ui/button.tsx";
import type { TcpFlagsValue } from "#lib/filters/filter.ts";
import { TCP_FLAGS } from "#lib/flows/flow-detail.ts";
import type { DrawInput, InputProps } from "./input-props.ts";
import css from "./inputs.module.css";

export const drawTcpFlags: DrawInput<readonly TcpFlagsValue[] | undefined> = (props) => <TcpFlags {...props} />;

function TcpFlags({ label, values = [], onChange }: InputProps<readonly TcpFlagsValue[] | undefined>) {
  return (
    <div className={css.input}>
      {values.map((value, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
        <fieldset key={index} className={`${css.group} ${css.flags}`}>
          <legend className={css.silent}>
            {label} {index + 1}
          </legend>
          {TCP_FLAGS.map((flag) => (
            <label key={flag} className={css.choice}>
              <input
                type="checkbox"
                checked={value[flag] === true}
                onChange={(event) => onChange(values.map((one, at) => (at === index ? withFlag(one, flag, event.target.checked) : one)))}
              />
              <span>{flag}</span>
            </label>
          ))}
          <button
            type="button"
            className={css.remove}
            aria-label={`Remove combination ${index + 1}`}
            onClick={() => onChange(values.filter((_, at) => at !== index))}
          >
            <IconX size={12} stroke={1.8} aria-hidden="true" />
          </button>
        </fieldset>
      ))}
      <Button size="small" onClick={() => onChange([...values, { SYN: true }])}>
        Add a combination
      </Button>
    </div>
  );
}

function withFlag(value: TcpFlagsValue, flag: (typeof TCP_FLAGS)[number], isSet: boolean): TcpFlagsValue {
  const { [flag]: _, ...rest } = value;
  return isSet ? { ...rest, [flag]: true } : rest;
}
