"use client";
/** Two date-time fields on the chosen clock, checked before anything is asked. The browser's own ones swap day and month by language. */
import { type FormEvent, useId, useState } from "react";
import { useClockOffset } from "#components/timeline/use-clock-offset.ts";
import { Button } from "#components/ui/button.tsx";
import type { ResolvedWindow } from "#lib/questions/window.ts";
import { fieldText, instantOfField } from "./range-input.ts";
import css from "./window-picker.module.css";

interface Props {
  readonly asked: ResolvedWindow;
  readonly zone: "utc" | "local";
  /** Milliseconds since 1970. */
  readonly onTake: (from: number, to: number) => void;
}

export function RangeFields({ asked, zone, onTake }: Props) {
  const offset = useClockOffset(zone);
  const id = useId();
  const [from, setFrom] = useState(fieldText(asked.from, offset));
  const [to, setTo] = useState(fieldText(asked.to, offset));
  const [problem, setProblem] = useState("");
  function apply(event: FormEvent): void {
    event.preventDefault();
    const [start, end] = [instantOfField(from, offset), instantOfField(to, offset)];
    if (start === undefined || end === undefined) setProblem("A day and a time, like 2026-09-21 10:42.");
    else if (start >= end) setProblem("The window ends before it begins.");
    else {
      setProblem("");
      onTake(start, end);
    }
  }
  return (
    <form className={css.form} onSubmit={apply} noValidate>
      <label htmlFor={`${id}from`}>From</label>
      <input
        id={`${id}from`}
        spellCheck={false}
        autoComplete="off"
        placeholder="2026-09-21 10:42"
        value={from}
        onChange={(event) => setFrom(event.target.value)}
      />
      <label htmlFor={`${id}to`}>To</label>
      <input
        id={`${id}to`}
        spellCheck={false}
        autoComplete="off"
        placeholder="2026-09-21 10:42"
        value={to}
        onChange={(event) => setTo(event.target.value)}
      />
      <p className={css.problem} role="alert">
        {problem}
      </p>
      <Button type="submit">Show this range</Button>
    </form>
  );
}
