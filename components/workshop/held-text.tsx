"use client";
/** A text that is too long for a field: how much of it there is, and how it begins. */
import { useMemo } from "react";
import { Button } from "#components/ui/button.tsx";
import { formatBytes } from "#lib/format/format-bytes.ts";
import { formatCount } from "#lib/format/format-count.ts";
import { visibleText } from "#lib/format/visible-text.ts";
import css from "./paste-dialog.module.css";

interface Props {
  readonly text: string;
  readonly onEditStart: () => void;
  readonly onDrop: () => void;
}

const FIRST_LINES = 40;
const FIRST_LETTERS = 20_000;
const LONGEST_LINE = 300;

export function HeldText({ text, onEditStart, onDrop }: Props) {
  const { bytes, lines, first } = useMemo(() => measured(text), [text]);
  return (
    <div className={css.held}>
      <p role="status">
        <b>
          {formatBytes(bytes)}, {formatCount(lines)} {lines === 1 ? "line" : "lines"},
        </b>{" "}
        kept as it came. That is too much for a text field; this is how it begins.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre tabIndex={0} className={css.text}>
        {first.map((line) => `${visibleText(line, LONGEST_LINE)}\n`).join("")}
        {lines > first.length && "…"}
      </pre>
      <div className={css.heldFoot}>
        <Button size="small" onClick={onEditStart}>
          Edit the start
        </Button>
        <Button size="small" look="plain" onClick={onDrop}>
          Drop this text
        </Button>
      </div>
    </div>
  );
}

function measured(text: string): { readonly bytes: number; readonly lines: number; readonly first: readonly string[] } {
  let lines = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < text.length - 1; at = text.indexOf("\n", at + 1)) lines++;
  return { bytes: new Blob([text]).size, lines, first: text.slice(0, FIRST_LETTERS).split("\n").slice(0, FIRST_LINES) };
}
