"use client";
/** Legend and switches of the timeline. What the chart is split by stands in the address bar. */
import type { FromFeed } from "#components/coverage/from-feed-of.ts";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import css from "./timeline.module.css";
import type { TimelineLinks } from "./timeline-links.ts";

interface Props {
  readonly split: "reason" | "group";
  readonly splits: TimelineLinks["splits"];
  readonly hasBefore: boolean;
  readonly hasUnseen: boolean;
  /** Length of the window, and so of the one before: `24 h`. */
  readonly span: string;
  readonly fromFeed: FromFeed | undefined;
  readonly isTable: boolean;
  readonly otherView: string;
}

const SPLIT_WORDS = [
  ["reason", "Reason"],
  ["group", "Destination group"],
] as const;

export function TimelineTools({ split, splits, hasBefore, hasUnseen, span, fromFeed, isTable, otherView }: Props) {
  const options = SPLIT_WORDS.map(([name, words]) => ({ words, href: splits[name], isChosen: split === name }));
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
      {fromFeed !== undefined && fromFeed.since !== "" && (
        <span className={css.legend} title={fromFeed.words}>
          <i className={css.fromFeed} />
          {fromFeed.short}
        </span>
      )}
      <LinkButton href={otherView} look="plain" size="small">
        {isTable ? "Show as chart" : "Show as table"}
      </LinkButton>
      <Segmented label="Split the timeline by" options={options} />
    </div>
  );
}
