/** `/kql`: the questions behind the views as KQL, to copy or to open in Azure Data Explorer. Only where the flows are there. */
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PageFrame } from "#app/page-frame.tsx";
import { KqlView } from "#components/kql/kql-view.tsx";
import { flowsQuestion, groupsQuestion, readAsked, timelineQuestion } from "#lib/server/ask.ts";
import { getRuntime } from "#lib/server/runtime.ts";
import { openInAdx } from "#lib/stores/adx/open-in-adx.ts";
import { chosenBy } from "#lib/url/default-by.ts";

export const metadata: Metadata = { title: "KQL" };

interface Props {
  readonly searchParams: Promise<Readonly<Record<string, string | readonly string[] | undefined>>>;
}

const ROWS = 100;
const BUCKETS = 96;

export default async function KqlPage({ searchParams }: Props) {
  const { store, config } = getRuntime();
  if (config.adx === undefined) notFound();
  const asked = await readAsked(await searchParams, { store, now: Date.now() });
  const questions = {
    groups: groupsQuestion(asked, { by: chosenBy(asked.search), limit: ROWS }),
    timeline: timelineQuestion(asked, BUCKETS),
    flows: flowsQuestion(asked, undefined, ROWS),
  };
  return (
    <PageFrame path="/kql" asked={asked} store={store} facets="none">
      <KqlView queries={openInAdx(config.adx, questions, asked.now)} />
    </PageFrame>
  );
}
