"use client";
/** Legend and switches of the timeline. What the chart is split by stands in the address bar. */
import { Button } from "#components/ui/button.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { hrefOf, type Search } from "#lib/url/search.ts";
import css from "./timeline.module.css";

interface Props {
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

export function TimelineTools({ search, hasBefore, hasUnseen, span, isTable, onTable }: Props) {
  const splits = SPLIT_WORDS.map(([split, words]) => ({
    words,
    href: hrefOf("/", { ...search, split }),
    isChosen: search.split === split,
  }));
  return (
    <div className={css.tools}>
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
      <Button look="plain" size="small" onClick={onTable}>
        {isTable ? "Show as chart" : "Show as table"}
      </Button>
      <Segmented label="Split the timeline by" options={splits} />
    </div>
  );
}
