/** `/coverage`: what Weir sees and what it does not. */
import type { Metadata } from "next";
import { CheckTable } from "#components/coverage/check-table.tsx";
import { CoverageHead } from "#components/coverage/coverage-head.tsx";
import { isMissingSomething } from "#components/coverage/coverage-phrase.ts";
import { CoverageTabs } from "#components/coverage/coverage-tabs.tsx";
import { UnreadableNotice } from "#components/filter-bar/unreadable-notice.tsx";
import { Frame } from "#components/shell/frame.tsx";
import { Header } from "#components/shell/header.tsx";
import { Failed } from "#components/states/failed.tsx";
import { readAsked } from "#lib/server/ask.ts";
import { getRuntime } from "#lib/server/runtime.ts";
import { clusterNames } from "../cluster-names.ts";

export const metadata: Metadata = { title: "Coverage" };

interface Props {
  readonly searchParams: Promise<Readonly<Record<string, string | readonly string[] | undefined>>>;
}

export default async function CoveragePage({ searchParams }: Props) {
  const { store } = getRuntime();
  const asked = await readAsked(await searchParams, { store, now: Date.now() });
  const { search, now, status, unreadable } = asked;
  const [details, clusters] = await Promise.all([store.coverage(asked.question), clusterNames(asked, store)]);
  // of the window that is asked about, where the store can tell; checks of a store that cannot be asked come with nothing seen
  const coverage = status.problem !== undefined ? undefined : details.problem === undefined ? details.coverage : status.coverage;
  const isMissing = coverage === undefined || isMissingSomething(coverage);
  return (
    <Frame
      header={<Header path="/coverage" search={search} clusters={clusters} isMissing={isMissing} />}
      bar={
        <>
          <UnreadableNotice unreadable={unreadable} />
          {coverage && <CoverageHead coverage={coverage} now={now} />}
        </>
      }
    >
      {status.problem && <Failed problem={status.problem} />}
      {details.answer?.checks && <CheckTable checks={details.answer.checks} />}
      {!status.problem && details.problem && <Failed problem={details.problem} />}
      {!status.problem && !details.problem && (
        <CoverageTabs coverage={details.coverage} details={details.answer} search={search} now={now} />
      )}
    </Frame>
  );
}
