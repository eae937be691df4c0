/** The frame of a page with a question: header, filter bar, facets and coverage from what was asked. */
import { isoWindow } from "#lib/questions/resolve-window.ts";
import "server-only";
import Link from "next/link";
import { type ReactNode, Suspense } from "react";
import { CoverageLine } from "#components/coverage/coverage-line.tsx";
import { isMissingSomething } from "#components/coverage/coverage-phrase.ts";
import { FACET_VALUES, FACETS, FacetsPanel } from "#components/facets/facets-panel.tsx";
import { FilterBar } from "#components/filter-bar/filter-bar.tsx";
import { LiveRefresh } from "#components/live/live-refresh.tsx";
import { Frame } from "#components/shell/frame.tsx";
import { Header } from "#components/shell/header.tsx";
import { type PagePath, pageHref } from "#components/shell/pages.ts";
import { Loading } from "#components/states/loading.tsx";
import { type Asked, facetsQuestion } from "#lib/server/ask.ts";
import { getRuntime } from "#lib/server/runtime.ts";
import type { FlowStore } from "#lib/stores/flow-store.ts";
import { hrefOf } from "#lib/url/search.ts";
import { canBeLive } from "./can-be-live.ts";
import { clusterNames } from "./cluster-names.ts";
import { filterCopies } from "./filter-copies.ts";

interface Props {
  readonly path: PagePath | "/kql";
  readonly asked: Asked;
  readonly store: FlowStore;
  /** `side`: beside the content from 1200 px on. `drawer`: behind a button at any width. */
  readonly facets: "none" | "drawer" | "side";
  /** The content fills the window and scrolls inside itself: tables. */
  readonly isFlush?: boolean;
  /** At the right end of the coverage line. */
  readonly note?: ReactNode;
  /** The content shows the coverage line itself, where a panel stands beside it. */
  readonly hasOwnCoverage?: boolean;
  readonly children: ReactNode;
}

export async function PageFrame({ path, asked, store, facets, isFlush = false, note, hasOwnCoverage = false, children }: Props) {
  const { search, unreadable, status, now, question } = asked;
  const span = status.problem ? undefined : status.coverage.span;
  return (
    <Frame
      isFlush={isFlush}
      isWide={facets === "drawer"}
      header={
        <Header
          {...(path !== "/kql" && { path })}
          search={search}
          clusters={await clusterNames(asked, store)}
          isMissing={status.problem !== undefined || isMissingSomething(status.coverage)}
        />
      }
      bar={
        <FilterBar
          path={path}
          search={search}
          unreadable={unreadable}
          asked={question.window}
          now={now}
          span={span}
          facets={facets}
          copies={filterCopies(search, question.window)}
        />
      }
      facets={
        facets === "none" ? undefined : (
          <Suspense fallback={<Loading what="Counting" rows={12} />}>
            <Facets path={path} asked={asked} store={store} />
          </Suspense>
        )
      }
      coverage={
        hasOwnCoverage ? undefined : (
          <PageCoverage
            asked={asked}
            isKql={path === "/kql"}
            note={
              <>
                {note} {path !== "/kql" && canBeLive() && <LiveRefresh path={path} search={search} />}
              </>
            }
          />
        )
      }
    >
      {children}
    </Frame>
  );
}

interface CoverageProps {
  readonly asked: Asked;
  readonly note?: ReactNode;
  /** The page of KQL does not lead to itself. */
  readonly isKql?: boolean;
}

export function PageCoverage({ asked, note, isKql = false }: CoverageProps) {
  const { status, now, question, search } = asked;
  const looked = status.problem ? status : { coverage: { ...status.coverage, window: isoWindow(question.window) } };
  const { window, filter, text, by, order, descending } = search;
  const kql = !isKql && getRuntime().config.adx !== undefined && (
    <Link href={hrefOf("/kql", { window, filter, text, by, order, descending })} prefetch={false}>
      Open in Azure Data Explorer
    </Link>
  );
  const notes = kql ? (
    <>
      {note} {kql}
    </>
  ) : (
    note
  );
  return <CoverageLine status={looked} now={now} details={pageHref("/coverage", search)} note={notes} />;
}

async function Facets({ path, asked, store }: Pick<Props, "path" | "asked" | "store">) {
  const answer = await store.facets(facetsQuestion(asked, FACETS, FACET_VALUES));
  return <FacetsPanel answer={answer} path={path} search={asked.search} />;
}
