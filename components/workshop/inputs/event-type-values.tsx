"use client";
/** Kinds of events by name; a sub type counts only when it is said to, which is the trap this input exists for. */
import type { EventTypeValue } from "#lib/filters/filter.ts";
import { DROP_REASONS } from "#lib/flows/drop-reasons.ts";
import type { DrawInput, InputProps } from "./input-props.ts";
import css from "./inputs.module.css";

interface Kind {
  readonly type: number;
  readonly words: string;
  readonly note: string;
}

const KINDS: readonly Kind[] = [
  { type: 1, words: "drop", note: "1, one for each dropped packet" },
  { type: 5, words: "policy verdict", note: "5, names policies; the same packets as 1" },
  { type: 129, words: "L7 record", note: "129, what the HTTP, DNS or Kafka proxy saw" },
  { type: 4, words: "trace", note: "4, forwarded packets: very many" },
  { type: 3, words: "capture", note: "3" },
  { type: 2, words: "debug", note: "2, no flows" },
  { type: 130, words: "agent", note: "130, no flows" },
  { type: 255, words: "lost events only", note: "255, a canary: matches no flow, and every event_type lets lost events through" },
];

type Values = readonly EventTypeValue[];

export const drawEventTypes: DrawInput<Values | undefined> = (props) => <EventTypes {...props} />;

function EventTypes({ label, values = [], onChange }: InputProps<Values | undefined>) {
  const others = values.filter(({ type = 0 }) => !KINDS.some((kind) => kind.type === type));
  const kinds: readonly Kind[] = [...KINDS, ...new Set(others.map(({ type = 0 }) => type))].map((kind) =>
    typeof kind === "number" ? { type: kind, words: kind === 0 ? "any event type" : `type ${kind}`, note: String(kind) } : kind,
  );
  return (
    <fieldset className={`${css.input} ${css.group}`}>
      <legend className={css.silent}>{label}</legend>
      {kinds.map(({ type, words, note }) => {
        const own = values.filter((value) => (value.type ?? 0) === type);
        return (
          <div key={type}>
            <label className={css.choice}>
              <input
                type="checkbox"
                checked={own.length > 0}
                onChange={(event) =>
                  onChange(event.target.checked ? [...values, { type }] : values.filter((value) => (value.type ?? 0) !== type))
                }
              />
              <span>
                {words} <small>{note}</small>
              </span>
            </label>
            {own.length > 0 && type !== 255 && (
              <SubTypes
                type={type}
                own={own}
                onChange={(next) => onChange([...values.filter((value) => (value.type ?? 0) !== type), ...next])}
              />
            )}
          </div>
        );
      })}
    </fieldset>
  );
}

interface SubTypesProps {
  readonly type: number;
  readonly own: Values;
  readonly onChange: (values: Values) => void;
}

/** One line per sub type; without any, every one of them matches. */
function SubTypes({ type, own, onChange }: SubTypesProps) {
  const typed = own.filter(({ sub_type, match_sub_type }) => sub_type !== undefined || match_sub_type === true);
  return (
    <div className={css.sub}>
      {typed.map((value, index) => {
        const isCounted = value.match_sub_type === true;
        const change = (next: EventTypeValue | undefined): void => {
          const rest = typed.flatMap((one, at) => (at === index ? (next ?? []) : one));
          onChange(rest.length === 0 ? [{ type }] : rest);
        };
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
          <div key={index} className={css.record}>
            <input
              className={css.field}
              aria-label="Sub type"
              inputMode="numeric"
              value={String(value.sub_type ?? 0)}
              onChange={(event) => {
                if (/^\d{1,5}$/.test(event.target.value)) change({ type, match_sub_type: true, sub_type: Number(event.target.value) });
              }}
            />
            <label className={css.choice}>
              <input
                type="checkbox"
                checked={isCounted}
                onChange={(event) => change({ type, ...(event.target.checked && { match_sub_type: true }), sub_type: value.sub_type ?? 0 })}
              />
              <span>
                match_sub_type <small>{isCounted ? subTypeWords(type, value.sub_type ?? 0) : "off: the agent ignores the sub type"}</small>
              </span>
            </label>
            <button type="button" className={css.link} onClick={() => change(undefined)}>
              Any sub type
            </button>
          </div>
        );
      })}
      <button
        type="button"
        className={css.link}
        onClick={() => onChange([...typed, { type, match_sub_type: true, sub_type: type === 1 ? 181 : 0 }])}
      >
        {typed.length === 0 ? "Only one sub type" : "Another sub type"}
      </button>
    </div>
  );
}

function subTypeWords(type: number, subType: number): string {
  if (type !== 1) return "";
  return DROP_REASONS.find(({ code }) => code === subType)?.text ?? "no known drop reason";
}
