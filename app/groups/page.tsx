/** `/groups`: blocked attempts by sender, destination and port, in any combination. */
import type { Metadata } from "next";
import Link from "next/link";
import { PageFrame } from "#app/page-frame.tsx";
import { sayingPart } from "#app/saying-part.ts";
import { strangeGroupColumns } from "#components/groups/group-column-list.ts";
import { GroupsView } from "#components/groups/groups-view.tsx";
import { Failed } from "#components/states/failed.tsx";
import { NothingBlocked } from "#components/states/nothing-blocked.tsx";
import hidden from "#components/ui/visually-hidden.module.css";
import { readAsked } from "#lib/server/ask.ts";
import { getRuntime } from "#lib/server/runtime.ts";
import { chosenBy } from "#lib/url/default-by.ts";
import { hrefOf, type Search } from "#lib/url/search.ts";
import { askGroups } from "./group-answers.ts";

export const metadata: Metadata = { title: "Groups" };

interface Props {
  readonly searchParams: Promise<Readonly<Record<string, string | readonly string[] | undefined>>>;
}

export default async function GroupsPage({ searchParams }: Props) {
  const { store } = getRuntime();
  const read = await readAsked(await searchParams, { store, now: Date.now() });
  const strange = strangeGroupColumns(read.search.columns).map((value) => ({ name: "cols", value, why: "This table has no such column." }));
  const asked = { ...read, unreadable: [...read.unreadable, ...strange] };
  const { search, question, now } = asked;
  const by = chosenBy(search);
  const { first, branches, combinations, nearest } = await askGroups(store, asked, by);
  const frame = { path: "/groups", asked: sayingPart(asked, [first]), store, facets: "side" } as const;
  if (first.problem) {
    return (
      <PageFrame {...frame}>
        <h1 className={hidden.hidden}>Groups</h1>
        <Failed
          problem={first.problem}
          ways={
            first.problem.kind === "bad-question" &&
            search.by.length > 0 && (
              <Link href={hrefOf("/groups", { ...search, by: [], open: [], row: "" })} prefetch={false}>
                Group as usual
              </Link>
            )
          }
        />
      </PageFrame>
    );
  }
  if (first.answer.total === 0) {
    return (
      <PageFrame {...frame}>
        <h1 className={hidden.hidden}>Groups</h1>
        <NothingBlocked path="/groups" search={search} asked={question.window} now={now} coverage={first.coverage} nearest={nearest} />
      </PageFrame>
    );
  }
  // The question alone, not how the table looks: another one begins a new table.
  const key = hrefOf("/", { ...search, columns: [], open: [], row: "", tab: "", zone: "utc", split: "reason" });
  return (
    <PageFrame {...frame} isFlush note={orderNote(search)}>
      <h1 className={hidden.hidden}>Groups</h1>
      <GroupsView
        key={key}
        by={by}
        first={first.answer}
        branches={branches}
        combinations={combinations}
        asked={question.window}
        now={now}
        unavailable={first.coverage.unavailable}
        isPart={first.coverage.filled?.alone !== undefined}
      />
    </PageFrame>
  );
}

const ORDER_WORDS: { readonly [O in Search["order"]]: string } = {
  attempts: "attempts",
  packets: "packets",
  first: "when first seen",
  last: "when last seen",
  pods: "pods",
  addresses: "addresses",
  key: "name",
  change: "change",
};

function orderNote({ order, descending }: Search): string {
  if (order === "attempts" && descending) return "Share and order by attempts";
  return `Share by attempts, order by ${ORDER_WORDS[order]}${descending ? "" : ", rising"}`;
}
