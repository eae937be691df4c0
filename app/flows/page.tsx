/** `/flows`: every flow that the question shows, newest first, and one of them open. */
import type { Metadata } from "next";
import { CoverageLine } from "#components/coverage/coverage-line.tsx";
import { isMissingSomething } from "#components/coverage/coverage-phrase.ts";
import { FilterBar } from "#components/filter-bar/filter-bar.tsx";
import { strangeColumns } from "#components/flow-table/column-list.ts";
import { FlowsView } from "#components/flow-table/flows-view.tsx";
import { Frame } from "#components/shell/frame.tsx";
import { Header } from "#components/shell/header.tsx";
import { Failed } from "#components/states/failed.tsx";
import { NothingBlocked } from "#components/states/nothing-blocked.tsx";
import { flowsQuestion, readAsked } from "#lib/server/ask.ts";
import { getRuntime } from "#lib/server/runtime.ts";
import { hrefOf } from "#lib/url/search.ts";

export const metadata: Metadata = { title: "Flows" };

interface Props {
  readonly searchParams: Promise<Readonly<Record<string, string | readonly string[] | undefined>>>;
}

const FIRST_PAGE = 200;

export default async function FlowsPage({ searchParams }: Props) {
  const { store } = getRuntime();
  const asked = await readAsked(await searchParams, { store, now: Date.now() });
  const { search, question, now } = asked;
  const [page, open] = await Promise.all([
    store.flows(flowsQuestion(asked, undefined, FIRST_PAGE)),
    search.row === "" ? undefined : store.flow(search.row),
  ]);
  const coverage = (
    <CoverageLine
      status={page}
      now={now}
      details={hrefOf("/coverage", { window: search.window, filter: search.filter, text: search.text })}
    />
  );
  const header = <Header path="/flows" search={search} isMissing={page.problem === undefined && isMissingSomething(page.coverage)} />;
  const strange = strangeColumns(search.columns).map((value) => ({ name: "cols", value, why: "The flow list has no such column." }));
  const bar = (
    <FilterBar
      path="/flows"
      search={search}
      unreadable={[...asked.unreadable, ...strange]}
      asked={question.window}
      now={now}
      span={asked.status.problem === undefined ? asked.status.coverage.span : undefined}
      facets="none"
    />
  );
  if (page.problem) {
    return (
      <Frame header={header} bar={bar} coverage={coverage}>
        <Failed problem={page.problem} />
      </Frame>
    );
  }
  if (page.answer.rows.length === 0 && search.row === "") {
    const nearest = await store.nearest(question);
    return (
      <Frame header={header} bar={bar} coverage={coverage}>
        <NothingBlocked
          path="/flows"
          search={search}
          asked={question.window}
          now={now}
          coverage={page.coverage}
          nearest={nearest.problem === undefined ? nearest.answer?.time : undefined}
        />
      </Frame>
    );
  }
  // The question alone, not how the page looks: another one begins a new list.
  const key = hrefOf("/", { window: search.window, filter: search.filter, text: search.text });
  return (
    <Frame header={header} bar={bar} isFlush>
      <FlowsView
        key={key}
        first={page.answer}
        window={question.window}
        open={open === undefined ? undefined : { id: search.row, answer: open }}
        now={now}
        coverage={coverage}
        tools={null}
      />
    </Frame>
  );
}
