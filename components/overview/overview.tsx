/** The first page: what is new and what is big. Each part stands on its own answer and may fail alone. */
import type { ReactNode } from "react";
import { foldScans } from "#components/ranked-panel/fold-scan.ts";
import { LevelSwitch } from "#components/ranked-panel/level-switch.tsx";
import { RankedPanel } from "#components/ranked-panel/ranked-panel.tsx";
import { rankedPorts, rankedRow } from "#components/ranked-panel/ranked-rows.ts";
import { seenParts } from "#components/timeline/seen-lane.ts";
import { TimelinePanel } from "#components/timeline/timeline-panel.tsx";
import { VisuallyHidden } from "#components/ui/visually-hidden.tsx";
import { formatCount } from "#lib/format/format-count.ts";
import type { Answer, GroupTable } from "#lib/questions/answer.ts";
import type { ResolvedWindow } from "#lib/questions/window.ts";
import { hrefOf, type Search } from "#lib/url/search.ts";
import { destinationLevel, destinationLinks, LEVEL_WORDS, senderLevel, senderLinks } from "./levels.ts";
import css from "./overview.module.css";
import { type OverviewAnswers, PANEL_ROWS } from "./overview-answers.ts";
import { PartFailed } from "./part-failed.tsx";
import { spanWords } from "./span-words.ts";
import { Totals } from "./totals.tsx";

interface Props {
  readonly answers: OverviewAnswers;
  readonly search: Search;
  readonly asked: ResolvedWindow;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export function Overview({ answers, search, asked, now }: Props) {
  const span = spanWords(asked.to - asked.from);
  const panel = { span, end: asked.to, now, zone: search.zone };
  const sender = senderLevel(search.by);
  const destination = destinationLevel(search.by);
  return (
    <div className={css.page}>
      <h1 className={css.title}>
        <VisuallyHidden>Overview</VisuallyHidden>
      </h1>
      <Part answer={answers.summary} name="totals">
        {(summary) => <Totals summary={summary} search={search} span={span} />}
      </Part>
      <Part answer={answers.timeline} name="timeline">
        {(timeline, coverage) => (
          <TimelinePanel timeline={timeline} search={search} asked={asked} seen={seenParts(coverage, timeline, now)} span={span} />
        )}
      </Part>
      <div className={css.panels}>
        <Part answer={answers.senders} name="senders">
          {(table) => (
            <RankedPanel
              {...panel}
              title="Senders"
              level={<LevelSwitch id="sender-level" now={LEVEL_WORDS[sender].one} levels={senderLinks(search)} />}
              rows={table.rows.slice(0, PANEL_ROWS).map((row) => rankedRow(row, sender, search))}
              all={allOf(table, sender, search)}
            />
          )}
        </Part>
        <Part answer={answers.destinations} name="destinations">
          {(table) => (
            <RankedPanel
              {...panel}
              title="Destinations"
              level={<LevelSwitch id="destination-level" now={LEVEL_WORDS[destination].one} levels={destinationLinks(search)} />}
              rows={table.rows.slice(0, PANEL_ROWS).map((row) => rankedRow(row, destination, search))}
              all={allOf(table, destination, search)}
            />
          )}
        </Part>
        <Part answer={answers.ports} name="ports">
          {(table) => (
            <RankedPanel
              {...panel}
              title="Ports"
              level={undefined}
              rows={rankedPorts(foldScans(table, answers.pairs?.answer), search, PANEL_ROWS)}
              all={allOf(table, "port", search)}
            />
          )}
        </Part>
      </div>
    </div>
  );
}

function Part<T>({
  answer,
  name,
  children,
}: {
  answer: Answer<T>;
  name: string;
  children: (value: T, coverage: AnswerCoverage) => ReactNode;
}) {
  if (answer.problem) return <PartFailed name={name} problem={answer.problem} />;
  return children(answer.answer, answer.coverage);
}

type AnswerCoverage = Extract<Answer<unknown>, { readonly coverage: unknown }>["coverage"];

function allOf(table: GroupTable, level: keyof typeof LEVEL_WORDS, search: Search): { readonly href: string; readonly words: string } {
  const { one, many } = LEVEL_WORDS[level];
  const words = table.total === 1 ? `The one ${one}` : `All ${formatCount(table.total)} ${many}`;
  return { href: hrefOf("/groups", { ...search, by: [level] }), words };
}
