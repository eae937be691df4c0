"use client";
/** The groups page's content: toolbar, table, foot. What a person chooses goes into the address bar; the server answers what it asks. */
import { useCallback, useMemo } from "react";
import type { Grouping } from "#lib/flows/dimension.ts";
import type { GroupTable } from "#lib/questions/answer.ts";
import type { Unavailable } from "#lib/questions/unavailable.ts";
import type { ResolvedWindow } from "#lib/questions/window.ts";
import { apiHref } from "#lib/url/api-links.ts";
import type { ColumnChoice } from "#lib/url/read-columns.ts";
import { useSearch } from "#lib/url/use-search.ts";
import { instantText } from "#lib/url/window-params.ts";
import { groupChoiceToKeep, shownGroupColumns } from "./group-column-list.ts";
import { childrenAsk, type GroupPath, groupLinks, reachable, toggled } from "./group-path.ts";
import { GroupScaleContext } from "./group-scale.ts";
import { type Branch, groupTree, largestOf } from "./group-tree.ts";
import { GroupsFoot } from "./groups-foot.tsx";
import { GroupsTable } from "./groups-table.tsx";
import { GroupsToolbar } from "./groups-toolbar.tsx";
import { headWords } from "./head-words.ts";
import { CHILDREN_LIMIT, PAGE_LIMIT, SPARK_POINTS } from "./limits.ts";
import { useBranches } from "./use-branches.ts";
import { useGroupPages } from "./use-group-pages.ts";

export interface GroupsViewProps {
  readonly by: readonly Grouping[];
  /** The outermost groups, their first page. */
  readonly first: GroupTable;
  /** What is in the groups that the address bar opens. */
  readonly branches: ReadonlyMap<string, Branch>;
  /** Groups of all dimensions together; undefined = not known. */
  readonly combinations: number | undefined;
  readonly asked: ResolvedWindow;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** What the store cannot group by. */
  readonly unavailable?: Unavailable | undefined;
  /** A part of the store cannot be asked. */
  readonly isPart?: boolean;
}

const WHOLE: Unavailable = {};

/** Give it a new key for every other question: rows of one are not rows of another. */
export function GroupsView({
  by,
  first,
  branches: firstBranches,
  combinations,
  asked,
  now,
  unavailable = WHOLE,
  isPart = false,
}: GroupsViewProps) {
  const { search, pending, change } = useSearch();
  // The same instants that the document was answered for, so that every part of the table is about one window.
  const fixed = useMemo(() => ({ from: instantText(asked.from), to: instantText(asked.to) }), [asked.from, asked.to]);
  const ask = { ...search, window: fixed, columns: [], open: [], row: "", tab: "", zone: "utc", split: "reason" } as const;

  const pages = useGroupPages(first, (offset) =>
    apiHref("groups", { ...ask, by: by.slice(0, 1) }, { limit: PAGE_LIMIT, offset, spark: SPARK_POINTS }),
  );
  const open = useMemo(() => reachable(search.open, by.length), [search.open, by.length]);
  const branches = useBranches(firstBranches, open, (parent) =>
    apiHref("groups", { ...ask, ...childrenAsk(ask, by, parent) }, { limit: CHILDREN_LIMIT, spark: SPARK_POINTS }),
  );
  const tree = useMemo(() => groupTree(pages.rows, branches, open, by.length), [pages.rows, branches, open, by.length]);
  const columns = useMemo(() => shownGroupColumns(search.columns), [search.columns]);
  const titles = useMemo(() => headWords(by, search.window, asked), [by, search.window, asked]);
  const scale = useMemo(
    () => ({
      largest: largestOf(pages.rows),
      by,
      end: asked.to,
      now,
      zone: search.zone,
      unavailable,
      linksOf: (path: GroupPath) => groupLinks(search, by, path),
    }),
    [pages.rows, by, asked.to, now, search, unavailable],
  );

  const onToggle = useCallback(
    (path: GroupPath) => change(({ open: before }) => ({ open: toggled(before, path) }), { shallow: true, history: "replace" }),
    [change],
  );
  const onColumns = useCallback(
    (next: readonly ColumnChoice[]) => change({ columns: groupChoiceToKeep(next) }, { shallow: true, history: "replace" }),
    [change],
  );

  return (
    <>
      <GroupsToolbar search={search} by={by} columns={columns} onColumns={onColumns} unavailable={unavailable} />
      <GroupScaleContext value={scale}>
        <GroupsTable
          tree={tree}
          open={open}
          columns={columns}
          search={search}
          titles={titles}
          isWaiting={pending}
          onToggle={onToggle}
          onColumns={onColumns}
          onNearEnd={pages.more}
        />
      </GroupScaleContext>
      <GroupsFoot
        by={by}
        table={first}
        shown={pages.rows.length}
        combinations={combinations}
        problem={pages.problem}
        onMore={pages.more}
        isPart={isPart}
      />
    </>
  );
}
