"use client";
/** Title, legend and switches of the timeline. What the chart is split by stands in the address bar. */
import Link from "next/link";
import { hrefOf, type Search } from "#lib/url/search.ts";
import css from "./timeline.module.css";

interface Props {
  readonly title: string;
  readonly search: Search;
  readonly hasBefore: boolean;
  readonly hasUnseen: boolean;
  /** Length of the window, and so of the one before: `24 h`. */
  readonly span: string;
  readonly isTable: boolean;
  readonly onTable: () => void;
}

const SPLIT_WORDS = [
  ["reason", "Reason"],
  ["group", "Destination group"],
] as const;

export function TimelineHead({ title, search, hasBefore, hasUnseen, span, isTable, onTable }: Props) {
  return (
    <header className={css.head}>
      <h2>{title}</h2>
      {hasBefore && (
        <span className={css.legend}>
          <i className={css.dash} />
          {span} before
        </span>
      )}
      {hasUnseen && (
        <span className={css.legend}>
          <i className={css.hatch} />
          nothing read
        </span>
      )}
      <button type="button" className={css.plain} aria-pressed={isTable} onClick={onTable}>
        {isTable ? "Show as chart" : "Show as table"}
      </button>
      <nav className={css.switch} aria-label="Split the timeline by">
        {SPLIT_WORDS.map(([split, word]) => (
          <Link
            key={split}
            href={hrefOf("/", { ...search, split })}
            aria-current={search.split === split ? "true" : undefined}
            prefetch={false}
            scroll={false}
          >
            {word}
          </Link>
        ))}
      </nav>
    </header>
  );
}
