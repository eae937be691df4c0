/** The first page: what is new and what is big. Each part stands on its own answer and may fail alone. */
import { fromFeedOf } from "#components/coverage/from-feed-of.ts";
import { Failed } from "#components/states/failed.tsx";
import { NothingBlocked } from "#components/states/nothing-blocked.tsx";
import { seenParts } from "#components/timeline/seen-lane.ts";
import { isTable, timelineLinks } from "#components/timeline/timeline-links.ts";
import { TimelinePanel } from "#components/timeline/timeline-panel.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { VisuallyHidden } from "#components/ui/visually-hidden.tsx";
import type { Answer, Summary } from "#lib/questions/answer.ts";
import type { ResolvedWindow } from "#lib/questions/window.ts";
import type { Search } from "#lib/url/search.ts";
import css from "./overview.module.css";
import type { OverviewAnswers } from "./overview-answers.ts";
import { Part } from "./part.tsx";
import { RankedPanels } from "./ranked-panels.tsx";
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
  const { summary, timeline, nearest } = answers;
  if (isAllFailed(answers) && summary.problem) {
    return (
      <Panel isFlush>
        <Failed problem={summary.problem} />
      </Panel>
    );
  }
  const span = spanWords(asked.to - asked.from);
  const empty = summary.problem === undefined && summary.answer.attempts === 0 ? summary.coverage : undefined;
  return (
    <div className={css.page}>
      <h1 className={css.title}>
        <VisuallyHidden>Overview</VisuallyHidden>
      </h1>
      {!isBare(summary) && (
        <Part answer={summary} name="Totals">
          {(value, coverage) => <Totals summary={value} search={search} span={span} unavailable={coverage.unavailable} />}
        </Part>
      )}
      {empty ? (
        <Panel isFlush>
          <NothingBlocked path="/" search={search} asked={asked} now={now} coverage={empty} nearest={nearest} />
        </Panel>
      ) : (
        <>
          <Part answer={timeline} name="Timeline">
            {(value, coverage) => (
              <TimelinePanel
                timeline={value}
                links={timelineLinks(value, search)}
                split={search.split}
                zone={search.zone}
                isTable={isTable(search)}
                asked={asked}
                seen={seenParts(coverage, value, now)}
                span={span}
                fromFeed={fromFeedOf(coverage)}
              />
            )}
          </Part>
          <RankedPanels answers={answers} search={search} asked={asked} now={now} />
        </>
      )}
    </div>
  );
}

/** Then one face says it for all. */
function isAllFailed({ summary, timeline, senders, destinations, ports }: OverviewAnswers): boolean {
  return [summary, timeline, senders, destinations, ports].every((answer) => answer.problem !== undefined);
}

/** No number worth a strip: nothing in this window, nothing left out of it, nothing to compare it with. */
function isBare({ answer }: Answer<Summary>): boolean {
  if (answer === undefined) return false;
  const { attempts, notCounted, before } = answer;
  return attempts + notCounted.audit + notCounted.other + (before?.attempts ?? 0) === 0;
}
