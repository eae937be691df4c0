/** The coverage phrase above every answer, always in the same place, one line. */
import Link from "next/link";
import type { ReactNode } from "react";
import { visibleText } from "#lib/format/visible-text.ts";
import type { Answer, Coverage } from "#lib/questions/answer.ts";
import css from "./coverage-line.module.css";
import { coveragePhrase } from "./coverage-phrase.ts";
import { Refresh } from "./refresh.tsx";
import { ToneIcon } from "./tone-icon.tsx";

interface Props {
  readonly status: Answer<unknown> | { readonly coverage: Coverage; readonly problem?: never };
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Where the details are, with the same window and filter. */
  readonly details: string;
  /** At the right end: how shares and order are meant. */
  readonly note?: ReactNode;
}

export function CoverageLine({ status, now, details, note }: Props) {
  if (status.problem) {
    return (
      <p className={css.line} data-tone="bad">
        <ToneIcon tone="bad" />
        <span>
          <b>{visibleText(status.problem.title)}</b> {visibleText(status.problem.detail, 600)}{" "}
          <Link href={details} prefetch={false}>
            Details
          </Link>
        </span>
      </p>
    );
  }
  const { tone, headline, parts, progress } = coveragePhrase(status.coverage, now);
  return (
    <div className={css.line} data-tone={tone}>
      <ToneIcon tone={tone} />
      <p className={css.words}>
        <b>{headline}</b>
        {parts.map((part) => (
          <span key={part}>{part}</span>
        ))}
        <Link href={details} prefetch={false}>
          Details
        </Link>
      </p>
      {progress !== undefined && <progress className={css.progress} value={progress} max={1} aria-label="Read so far" />}
      {tone === "reading" && <Refresh seconds={3} />}
      {note !== undefined && <span className={css.note}>{note}</span>}
    </div>
  );
}
