/** `/exporter`: the workshop for the exporter's configuration. */
import type { Metadata } from "next";
import { isMissingSomething } from "#components/coverage/coverage-phrase.ts";
import { Frame } from "#components/shell/frame.tsx";
import { Header } from "#components/shell/header.tsx";
import { windowWords } from "#components/window-picker/window-words.ts";
import { answer } from "#components/workshop/engine-answer.ts";
import { Workshop } from "#components/workshop/workshop.tsx";
import { readAsked } from "#lib/server/ask.ts";
import { getRuntime } from "#lib/server/runtime.ts";
import { readWorkshop, WORKSHOP_NAMES } from "#lib/url/workshop-params.ts";
import { clusterNames } from "../cluster-names.ts";

export const metadata: Metadata = { title: "Exporter" };

interface Props {
  readonly searchParams: Promise<Readonly<Record<string, string | readonly string[] | undefined>>>;
}

export default async function ExporterPage({ searchParams }: Props) {
  const { store } = getRuntime();
  const params = await searchParams;
  const asked = await readAsked(params, { store, now: Date.now(), alsoKnown: WORKSHOP_NAMES });
  const { choice, isKept, unreadable } = readWorkshop(queryOf(params));
  const { search, now, status } = asked;
  const { text, pasted, target, template } = choice;
  const { view, start } = answer(
    text === undefined ? { do: "start", template, filter: search.filter, target, pasted, now } : { do: "view", text, pasted, target, now },
  );
  if (view === undefined) throw new Error("a text can always be looked at");
  const chosen = { ...choice, window: search.window, tab: search.tab, entry: Math.max(0, Math.min(choice.entry, view.entries.length - 1)) };
  return (
    <Frame
      isFlush
      header={
        <Header
          path="/exporter"
          search={search}
          clusters={await clusterNames(asked, store)}
          isMissing={status.problem !== undefined || isMissingSomething(status.coverage)}
        />
      }
    >
      <Workshop
        start={{ chosen, view, origin: start?.from ?? { is: "document" }, isKept }}
        place={{ search }}
        unreadable={[...asked.unreadable, ...unreadable]}
        refusal={start?.refusal ?? ""}
        asked={asked.question.window}
        windowName={windowWords(undefined, asked.question.window, status.problem ? undefined : status.coverage.span)}
      />
    </Frame>
  );
}

function queryOf(params: Awaited<Props["searchParams"]>): URLSearchParams {
  return new URLSearchParams(
    Object.entries(params).flatMap(([name, value]) =>
      value === undefined ? [] : typeof value === "string" ? [[name, value]] : value.map((one) => [name, one]),
    ),
  );
}
