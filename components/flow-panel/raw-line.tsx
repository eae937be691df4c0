"use client";
/** The line as it came. What would hide or reorder it is spelt out on screen; copying gives the bytes. */
import { useState } from "react";
import { formatBytes } from "#lib/format/format-bytes.ts";
import { visibleText, withoutMiddle } from "#lib/format/visible-text.ts";
import css from "./flow-panel.module.css";
import { PanelSection } from "./panel-section.tsx";

interface Props {
  readonly title: string;
  readonly line: string;
  readonly node: string;
}

const FOLDED = 1500;
const WHOLE = 70_000;
const LONGEST_NODE = 24;

export function RawLine({ title, line, node }: Props) {
  const [isOpen, setOpen] = useState(false);
  const size = new TextEncoder().encode(line).length;
  const host = withoutMiddle(visibleText(node.slice(node.indexOf("/") + 1)), LONGEST_NODE);
  return (
    <PanelSection title={title} note={[formatBytes(size), host === "" ? "" : `node ${host}`].filter(Boolean).join(", ")}>
      <pre className={css.raw} data-open={isOpen || undefined} dir="ltr">
        {visibleText(line, isOpen ? WHOLE : FOLDED)}
      </pre>
      <button type="button" className={css.unfold} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {isOpen ? "Show less" : "Show the whole line"}
      </button>
    </PanelSection>
  );
}
