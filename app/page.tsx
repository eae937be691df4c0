/** `/`: what is new and what is big. */
import { CoverageLine } from "#components/coverage/coverage-line.tsx";
import { isMissingSomething } from "#components/coverage/coverage-phrase.ts";
import { FilterBar } from "#components/filter-bar/filter-bar.tsx";
import { Overview } from "#components/overview/overview.tsx";
import { Frame } from "#components/shell/frame.tsx";
import { Header } from "#components/shell/header.tsx";
import { readAsked } from "#lib/server/ask.ts";
import { getRuntime } from "#lib/server/runtime.ts";
import { hrefOf } from "#lib/url/search.ts";
import { askOverview } from "./overview-answers.ts";

interface Props {
  readonly searchParams: Promise<Readonly<Record<string, string | readonly string[] | undefined>>>;
}

export default async function OverviewPage({ searchParams }: Props) {
  const { store } = getRuntime();
  const asked = await readAsked(await searchParams, { store, now: Date.now() });
  const { search, question, status, now } = asked;
  const answers = await askOverview(store, asked);
  const coverage = status.problem === undefined ? status.coverage : undefined;
  return (
    <Frame
      header={<Header path="/" search={search} isMissing={coverage !== undefined && isMissingSomething(coverage)} />}
      bar={
        <FilterBar
          path="/"
          search={search}
          unreadable={asked.unreadable}
          asked={question.window}
          now={now}
          span={coverage?.span}
          facets="none"
        />
      }
      coverage={
        <CoverageLine
          status={answers.summary}
          now={now}
          details={hrefOf("/coverage", { window: search.window, filter: search.filter, text: search.text })}
        />
      }
    >
      <Overview answers={answers} search={search} asked={question.window} now={now} />
    </Frame>
  );
}
