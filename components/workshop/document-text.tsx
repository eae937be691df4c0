"use client";
/** A text with line numbers, and its findings in the margin, tied to their lines; in a narrow pane they stand below. */
import { useLayoutEffect, useMemo, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { formatCount } from "#lib/format/format-count.ts";
import css from "./document-text.module.css";
import { FindingCard } from "./finding-card.tsx";
import { guessedHeight, lineMiddle, noteTops, TIE } from "./note-places.ts";
import { type ShownFinding, TONES, type Tone } from "./shown-finding.ts";
import { type Language, TextLines } from "./text-lines.tsx";

interface Props {
  /** What the text is, for screen readers. */
  readonly label: string;
  readonly text: string;
  readonly language: Language;
  readonly findings: readonly ShownFinding[];
  /** Of all, also of those too many to be given. */
  readonly findingCount: number;
  readonly onFix: (finding: ShownFinding) => void;
}

const FIRST_LINES = 600;
const FIRST_NOTES = 40;

const LINE_END = /\r\n|\n|\r/;

export function DocumentText({ label, text, language, findings, findingCount, onFix }: Props) {
  const [isWhole, setWhole] = useState(false);
  const first = useMemo(() => text.split(LINE_END, FIRST_LINES + 1), [text]);
  const isCut = first.length > FIRST_LINES && !(first.length === FIRST_LINES + 1 && first[FIRST_LINES] === "");
  const lines = useMemo(() => (isWhole ? text.replace(/\n$/, "").split(LINE_END) : shortened(first)), [isWhole, text, first]);
  const notes = useMemo(() => [...findings].sort((a, b) => lineOf(a) - lineOf(b)), [findings]);
  const tones = useMemo(() => tonesByLine(findings), [findings]);
  return (
    <div className={css.document} data-notes={notes.length > 0}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className={css.text} aria-label={label} tabIndex={0}>
        <TextLines lines={lines} language={language} tones={tones} />
        {isCut && !isWhole && (
          <Button size="small" className={css.more} onClick={() => setWhole(true)}>
            Show all {formatCount(countLines(text))} lines
          </Button>
        )}
      </section>
      {notes.length > 0 && <Margin notes={notes} count={findingCount} lines={lines.length} onFix={onFix} />}
    </div>
  );
}

interface MarginProps {
  readonly notes: readonly ShownFinding[];
  readonly count: number;
  /** Lines that are shown: a note of one behind them stands at their end. */
  readonly lines: number;
  readonly onFix: (finding: ShownFinding) => void;
}

function Margin({ notes, count, lines, onFix }: MarginProps) {
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
  const line = ({ place: { text } }: ShownFinding): number | undefined => text && Math.min(text.line, lines + 1);
  const tops = noteTops(shown.map((note, index) => ({ line: line(note), height: measured[index] ?? guessedHeight(note) })));
  const lastTop = tops.at(-1) ?? 0;
  const last = shown.at(-1);
  const end = lastTop + (measured[shown.length - 1] ?? (last ? guessedHeight(last) : 0)) + 16;
  return (
    <>
      <svg className={css.ties} width="40" height={end} fill="none" aria-hidden="true">
        {shown.map((note, index) => (
          <path key={note.at} d={tie(line(note), (tops[index] ?? 0) + TIE, index)} />
        ))}
      </svg>
      <div className={css.room} style={{ height: end }} />
      <ul ref={list} className={css.margin} aria-label="Findings">
        {shown.map((note, index) => (
          <FindingCard key={note.at} finding={note} onFix={onFix} style={{ top: tops[index] }} />
        ))}
        {shown.length < count && (
          <li className={css.rest} style={{ top: end }}>
            {shown.length < notes.length ? (
              <Button size="small" onClick={() => setWhole(true)}>
                {notes.length < count ? `Show the ${formatCount(notes.length)} worst` : "Show all"} of {formatCount(count)} findings
              </Button>
            ) : (
              `The ${formatCount(notes.length)} worst of ${formatCount(count)} findings. Mend these, and the rest shows.`
            )}
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

/** Without the empty line behind the last line end. */
function shortened(first: readonly string[]): readonly string[] {
  return first.slice(0, first.length > FIRST_LINES || first.at(-1) === "" ? Math.min(FIRST_LINES, first.length - 1) : first.length);
}

function countLines(text: string): number {
  let count = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < text.length - 1; at = text.indexOf("\n", at + 1)) count++;
  return count;
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
