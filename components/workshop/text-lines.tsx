"use client";
/** The lines of a text with their numbers, coloured; those far from the screen are only room, so that any number of them can be scrolled through. */
import { type ReactNode, useEffect, useRef, useState } from "react";
import { visibleText } from "#lib/format/visible-text.ts";
import css from "./document-text.module.css";
import { LINE_HEIGHT } from "./note-places.ts";
import type { Tone } from "./shown-finding.ts";
import { shellTokens, yamlTokens } from "./yaml-tokens.ts";

export type Language = "yaml" | "shell";

interface Props {
  readonly lines: readonly string[];
  readonly language: Language;
  /** By line, from 1. */
  readonly tones: ReadonlyMap<number, Tone>;
}

const CHUNK = 200;
/** Chunks that are always drawn: what most texts have. */
const DRAWN = 3;
const LONGEST_LINE = 2_000;

export function TextLines({ lines, language, tones }: Props) {
  const chunks = Array.from({ length: Math.ceil(lines.length / CHUNK) }, (_, index) => index);
  const draw = (chunk: number): ReactNode =>
    lines
      .slice(chunk * CHUNK, (chunk + 1) * CHUNK)
      .map((line, index) => [chunk * CHUNK + index + 1, line] as const)
      .map(([number, line]) => <Line key={number} number={number} line={line} language={language} tone={tones.get(number)} />);
  return (
    <pre className={css.lines}>
      {chunks.map((chunk) =>
        chunk < DRAWN ? (
          draw(chunk)
        ) : (
          <Chunk key={chunk} height={LINE_HEIGHT * Math.min(CHUNK, lines.length - chunk * CHUNK)} draw={() => draw(chunk)} />
        ),
      )}
    </pre>
  );
}

function Chunk({ height, draw }: { readonly height: number; readonly draw: () => ReactNode }) {
  const [isNear, setNear] = useState(false);
  const room = useRef<HTMLElement>(null);
  useEffect(() => {
    if (room.current === null) return;
    const observer = new IntersectionObserver((entries) => setNear(entries.some(({ isIntersecting }) => isIntersecting)), {
      rootMargin: "1000px",
    });
    observer.observe(room.current);
    return () => observer.disconnect();
  }, []);
  return (
    <code ref={room} className={css.chunk} style={{ height }}>
      {isNear && draw()}
    </code>
  );
}

interface LineProps {
  readonly number: number;
  readonly line: string;
  readonly language: Language;
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

/** Indentation by tabs is what an agent stumbles over, so a tab is drawn. */
function visibleWithTabs(text: string): string {
  return visibleText(text.replaceAll("\t", "⇥"), LONGEST_LINE * 2);
}
