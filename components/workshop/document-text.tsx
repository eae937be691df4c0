"use client";
/** A text with line numbers, and its findings in the margin, tied to their lines; in a narrow pane they stand below. */
import { useLayoutEffect, useMemo, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { formatCount } from "#lib/format/format-count.ts";
import { visibleText } from "#lib/format/visible-text.ts";
import css from "./document-text.module.css";
import { FindingCard } from "./finding-card.tsx";
import { guessedHeight, lineMiddle, noteTops, TIE } from "./note-places.ts";
import { type ShownFinding, TONES, type Tone } from "./shown-finding.ts";
import { shellTokens, yamlTokens } from "./yaml-tokens.ts";

interface Props {
  /** What the text is, for screen readers. */
  readonly label: string;
  readonly text: string;
  readonly language: "yaml" | "shell";
  readonly findings: readonly ShownFinding[];
  readonly onFix: (finding: ShownFinding) => void;
}

const FIRST_LINES = 600;
const FIRST_NOTES = 40;
const LONGEST_LINE = 2_000;

export function DocumentText({ label, text, language, findings, onFix }: Props) {
  const [isWhole, setWhole] = useState(false);
  const lines = useMemo(() => text.replace(/\n$/, "").split(/\r\n|\n|\r/), [text]);
  const notes = useMemo(() => [...findings].sort((a, b) => lineOf(a) - lineOf(b)), [findings]);
  const shown = isWhole ? lines : lines.slice(0, FIRST_LINES);
  const tones = useMemo(() => tonesByLine(findings), [findings]);
  return (
    <div className={css.document} data-notes={notes.length > 0}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className={css.text} aria-label={label} tabIndex={0}>
        <pre className={css.lines}>
          {shown.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
            <Line key={index} number={index + 1} line={line} language={language} tone={tones.get(index + 1)} />
          ))}
        </pre>
        {shown.length < lines.length && (
          <Button size="small" className={css.more} onClick={() => setWhole(true)}>
            Show all {formatCount(lines.length)} lines
          </Button>
        )}
      </section>
      {notes.length > 0 && <Margin notes={notes} onFix={onFix} />}
    </div>
  );
}

interface LineProps {
  readonly number: number;
  readonly line: string;
  readonly language: "yaml" | "shell";
  readonly tone: Tone | undefined;
}

function Line({ number, line, language, tone }: LineProps) {
  const cut = line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line;
  const tokens = language === "yaml" ? yamlTokens(cut) : shellTokens(cut);
  return (
    <code className={css.line} data-tone={tone} data-number={number}>
      {tokens.map(({ kind, text }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: tokens never move
        <span key={index} data-kind={kind}>
          {kind === "plain" ? visibleWithTabs(text) : visibleText(text, LONGEST_LINE * 2)}
        </span>
      ))}
      {"\n"}
    </code>
  );
}

function Margin({ notes, onFix }: { readonly notes: readonly ShownFinding[]; readonly onFix: (finding: ShownFinding) => void }) {
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? notes : notes.slice(0, FIRST_NOTES);
  const list = useRef<HTMLUListElement>(null);
  const [measured, setMeasured] = useState<readonly number[]>([]);
  useLayoutEffect(() => {
    const cards = [...(list.current?.querySelectorAll<HTMLElement>(":scope > [data-kind]") ?? [])];
    const measure = (): void => {
      const heights = cards.map((card) => card.offsetHeight);
      setMeasured((known) => (known.length === heights.length && known.every((one, index) => one === heights[index]) ? known : heights));
    };
    const observer = new ResizeObserver(measure);
    for (const card of cards) observer.observe(card);
    measure();
    return () => observer.disconnect();
  });
  const tops = noteTops(shown.map((note, index) => ({ line: note.place.text?.line, height: measured[index] ?? guessedHeight(note) })));
  const lastTop = tops.at(-1) ?? 0;
  const last = shown.at(-1);
  const end = lastTop + (measured[shown.length - 1] ?? (last ? guessedHeight(last) : 0)) + 16;
  return (
    <>
      <svg className={css.ties} width="40" height={end} fill="none" aria-hidden="true">
        {shown.map((note, index) => (
          <path key={note.at} d={tie(note.place.text?.line, (tops[index] ?? 0) + TIE, index)} />
        ))}
      </svg>
      <div className={css.room} style={{ height: end }} />
      <ul ref={list} className={css.margin} aria-label="Findings">
        {shown.map((note, index) => (
          <FindingCard key={note.at} finding={note} onFix={onFix} style={{ top: tops[index] }} />
        ))}
        {shown.length < notes.length && (
          <li className={css.rest} style={{ top: end }}>
            <Button size="small" onClick={() => setWhole(true)}>
              Show all {formatCount(notes.length)} findings
            </Button>
          </li>
        )}
      </ul>
    </>
  );
}

/** From the end of the line across to the note; neighbours bend at different places so that they can be told apart. */
function tie(line: number | undefined, y: number, index: number): string {
  if (line === undefined) return `M28 ${y + 0.5}H40`;
  const bend = 8 + (index % 4) * 6;
  return `M0 ${lineMiddle(line) + 0.5}H${bend}V${y + 0.5}H40`;
}

function lineOf(finding: ShownFinding): number {
  return finding.place.text?.line ?? 0;
}

/** The worst of each line. Findings come worst first. */
function tonesByLine(findings: readonly ShownFinding[]): ReadonlyMap<number, Tone> {
  const tones = new Map<number, Tone>();
  for (const { place, severity } of findings) {
    if (place.text && !tones.has(place.text.line)) tones.set(place.text.line, TONES[severity]);
  }
  return tones;
}

/** Indentation by tabs is what an agent stumbles over, so a tab is drawn. */
function visibleWithTabs(text: string): string {
  return visibleText(text.replaceAll("\t", "⇥"), LONGEST_LINE * 2);
}
