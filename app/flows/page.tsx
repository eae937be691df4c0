/** `/flows`: every flow that the question shows, newest first, and one of them open. */

import type { Metadata } from "next";
import { fromFeedOf } from "#components/coverage/from-feed-of.ts";
import { ExportMenu } from "#components/export/export-menu.tsx";
import { strangeColumns } from "#components/flow-table/column-list.ts";
import { FlowsView } from "#components/flow-table/flows-view.tsx";
import { LiveRefresh } from "#components/live/live-refresh.tsx";
import { Failed } from "#components/states/failed.tsx";
import { NothingBlocked } from "#components/states/nothing-blocked.tsx";
import { isoWindow } from "#lib/questions/resolve-window.ts";
import { type Asked, flowsQuestion, readAsked } from "#lib/server/ask.ts";
import { getRuntime } from "#lib/server/runtime.ts";
import type { FlowStore } from "#lib/stores/flow-store.ts";
import { apiHref } from "#lib/url/api-links.ts";
import { hrefOf } from "#lib/url/search.ts";
import { canBeLive } from "../can-be-live.ts";
import { PageCoverage, PageFrame } from "../page-frame.tsx";
import { sayingPart } from "../saying-part.ts";

export const metadata: Metadata = { title: "Flows" };

interface Props {
  readonly searchParams: Promise<Readonly<Record<string, string | readonly string[] | undefined>>>;
}

const FIRST_PAGE = 200;

export default async function FlowsPage({ searchParams }: Props) {
  const { store } = getRuntime();
  const asked = withStrangeColumns(await readAsked(await searchParams, { store, now: Date.now() }));
  return (
    <PageFrame path="/flows" asked={asked} store={store} facets="drawer" isFlush hasOwnCoverage>
      {await content(store, asked)}
    </PageFrame>
  );
}

async function content(store: FlowStore, asked: Asked) {
  const { search, question, now } = asked;
  const [page, open] = await Promise.all([
    store.flows(flowsQuestion(asked, undefined, FIRST_PAGE)),
    search.row === "" ? undefined : store.flow(search.row),
  ]);
  const coverage = <PageCoverage asked={sayingPart(asked, [page])} />;
  if (page.problem) {
    return (
      <>
        {coverage}
        <Failed problem={page.problem} />
      </>
    );
  }
  if (page.answer.rows.length === 0 && search.row === "") {
    const nearest = await store.nearest(question);
    return (
      <>
        <PageCoverage asked={sayingPart(asked, [page])} note={canBeLive() && <LiveRefresh path="/flows" search={search} />} />
        <NothingBlocked
          path="/flows"
          search={search}
          asked={question.window}
          now={now}
          coverage={page.coverage}
          nearest={nearest.problem === undefined ? nearest.answer?.time : undefined}
        />
      </>
    );
  }
  const { filter, text, window } = search;
  const resolved = isoWindow(question.window);
  return (
    <FlowsView
      // The question alone, not how the page looks: another one begins a new list.
      key={hrefOf("/flows", { window, filter, text })}
      first={page.answer}
      pagesHref={apiHref("flows", { window: resolved, filter, text })}
      search={canBeLive() ? search : { ...search, live: false }}
      canBeLive={canBeLive()}
      fromFeed={fromFeedOf(page.coverage)}
      isPart={page.coverage.filled?.alone !== undefined}
      open={open === undefined ? undefined : { id: search.row, answer: open }}
      now={now}
      coverage={coverage}
      tools={<ExportMenu view="flows" search={search} />}
    />
  );
}

function withStrangeColumns(asked: Asked): Asked {
  const strange = strangeColumns(asked.search.columns).map((value) => ({ name: "cols", value, why: "The flow list has no such column." }));
  return strange.length === 0 ? asked : { ...asked, unreadable: [...asked.unreadable, ...strange] };
}
