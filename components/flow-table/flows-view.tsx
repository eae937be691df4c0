"use client";
/** The flows page: the endless list, and beside it the open flow. */
import { type ReactNode, useCallback, useMemo, useState } from "react";
import { FlowPanel } from "#components/flow-panel/flow-panel.tsx";
import { type OpenFlow, useFlowDetail } from "#components/flow-panel/use-flow-detail.ts";
import { copyText } from "#components/ui/copy-text.ts";
import { withExcluded, withIncluded } from "#lib/filters/edit-filter.ts";
import type { FlowPage } from "#lib/questions/answer.ts";
import type { ResolvedWindow } from "#lib/questions/window.ts";
import { apiHref } from "#lib/url/api-links.ts";
import type { ColumnChoice } from "#lib/url/read-columns.ts";
import { hrefOf } from "#lib/url/search.ts";
import { useSearch } from "#lib/url/use-search.ts";
import { choiceToKeep, shownColumns } from "./column-list.ts";
import { ColumnsMenu } from "./columns-menu.tsx";
import { FlowTable } from "./flow-table.tsx";
import { FlowsFoot } from "./flows-foot.tsx";
import css from "./flows-view.module.css";
import { type Narrow, NarrowProvider } from "./narrow.ts";
import { useFlowPages } from "./use-flow-pages.ts";
import { usePageKeys } from "./use-page-keys.ts";
import { useZoneClock, WallClockContext } from "./wall-clock.ts";

export interface FlowsViewProps {
  readonly first: FlowPage;
  /** The window that the first page was asked for; the next pages keep to it. */
  readonly window: ResolvedWindow;
  /** The open flow, where the address bar names one. */
  readonly open: OpenFlow | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The coverage line. */
  readonly coverage: ReactNode;
  readonly tools: ReactNode;
}

export function FlowsView({ first, window, open, now, coverage, tools }: FlowsViewProps) {
  const { search, pending, change } = useSearch();
  const { filter, text } = search;
  const addressOf = useCallback(
    (after: string, limit: number) => {
      const bounds = { from: new Date(window.from).toISOString(), to: new Date(window.to).toISOString() };
      return apiHref("flows", { window: bounds, filter, text }, { after, limit });
    },
    [window.from, window.to, filter, text],
  );
  const pages = useFlowPages(first, addressOf);
  const { rows } = pages;
  const [cursor, setCursor] = useState(() => rows.findIndex((row) => row.id === search.row));
  const answer = useFlowDetail(search.row, open);
  const columns = useMemo(() => shownColumns(search.columns), [search.columns]);
  const clock = useZoneClock(search.zone);

  const openRow = useCallback(
    (index: number) => {
      const row = rows[index];
      if (row === undefined) return;
      setCursor(index);
      change({ row: row.id }, { shallow: true, history: "replace" });
    },
    [rows, change],
  );
  const close = useCallback(() => change({ row: "" }, { shallow: true, history: "replace" }), [change]);
  const moveTo = useCallback((index: number) => (search.row === "" ? setCursor(index) : openRow(index)), [search.row, openRow]);
  const narrow = useCallback<Narrow>(
    (criterion, value, how) =>
      change((now) => ({
        row: how === "exclude" ? "" : now.row,
        filter: how === "only" ? withIncluded(now.filter, criterion, value) : withExcluded(now.filter, criterion, value),
      })),
    [change],
  );
  const chooseColumns = useCallback(
    (chosen: readonly ColumnChoice[]) => change({ columns: choiceToKeep(chosen) }, { shallow: true, history: "replace" }),
    [change],
  );
  const linkOf = useCallback(() => globalThis.location.origin + hrefOf("/flows", search), [search]);

  const { more } = pages;
  const step = (by: -1 | 1): boolean => {
    const next = Math.min(rows.length - 1, Math.max(0, cursor + by));
    if (next >= rows.length - 2) more();
    moveTo(next);
    return true;
  };
  usePageKeys((key) => {
    if (key === "j" || key === "J") return step(1);
    if (key === "k" || key === "K") return step(-1);
    if (key === "Escape" && search.row !== "") return [close()].length > 0;
    if (key === "Enter" && cursor >= 0 && document.activeElement === document.body) return [openRow(cursor)].length > 0;
    if ((key === "c" || key === "C") && search.row !== "") return [copyText(linkOf())].length > 0;
    return false;
  });

  return (
    <NarrowProvider value={narrow}>
      <WallClockContext value={clock}>
        <div className={css.view}>
          <section className={css.list} aria-label="Flows" data-pending={pending || undefined}>
            <div className={css.bar}>
              <div className={css.coverage}>{coverage}</div>
              <ColumnsMenu columns={columns} onColumns={chooseColumns} />
              {tools}
            </div>
            <FlowTable
              rows={rows}
              isComplete={pages.isComplete}
              columns={columns}
              onColumns={chooseColumns}
              active={cursor}
              openId={search.row}
              now={now}
              onActive={moveTo}
              onOpen={openRow}
              onNearEnd={more}
            />
            <FlowsFoot
              loaded={rows.length}
              isComplete={pages.isComplete}
              isLoading={pages.isLoading}
              problem={pages.problem}
              onRetry={more}
            />
          </section>
          {search.row !== "" && (
            <FlowPanel
              answer={answer}
              search={search}
              now={now}
              linkOf={linkOf}
              onPrevious={cursor > 0 ? () => step(-1) : undefined}
              onNext={cursor < rows.length - 1 ? () => step(1) : undefined}
              onClose={close}
            />
          )}
        </div>
      </WallClockContext>
    </NarrowProvider>
  );
}
