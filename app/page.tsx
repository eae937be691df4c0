/** `/`: what is new and what is big. */
import { Overview } from "#components/overview/overview.tsx";
import { strangeChoices } from "#components/overview/strange-choices.ts";
import { readAsked } from "#lib/server/ask.ts";
import { getRuntime } from "#lib/server/runtime.ts";
import { askOverview } from "./overview-answers.ts";
import { PageFrame } from "./page-frame.tsx";
import { sayingPart } from "./saying-part.ts";

interface Props {
  readonly searchParams: Promise<Readonly<Record<string, string | readonly string[] | undefined>>>;
}

export default async function OverviewPage({ searchParams }: Props) {
  const { store } = getRuntime();
  const asked = await readAsked(await searchParams, { store, now: Date.now() });
  const unreadable = [...asked.unreadable, ...strangeChoices(asked.search)];
  const answers = await askOverview(store, asked);
  return (
    <PageFrame
      path="/"
      asked={sayingPart({ ...asked, unreadable }, [answers.summary, answers.timeline, answers.senders])}
      store={store}
      facets="drawer"
    >
      <Overview answers={answers} search={asked.search} asked={asked.question.window} now={asked.now} />
    </PageFrame>
  );
}
