"use client";
/** The flows page: the endless list, and beside it the open flow. */
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { type ReactNode, useCallback, useMemo, useRef, useState, useTransition } from "react";
import type { FromFeed } from "#components/coverage/from-feed-of.ts";
import { type OpenFlow, useFlowDetail } from "#components/flow-panel/use-flow-detail.ts";
import { LivePill } from "#components/live/live-pill.tsx";
import { LiveSwitch } from "#components/live/live-switch.tsx";
import { useLiveFlows } from "#components/live/use-live-flows.ts";
import { copyText } from "#components/ui/copy-text.ts";
import hidden from "#components/ui/visually-hidden.module.css";
import type { FlowPage } from "#lib/questions/answer.ts";
import type { Search } from "#lib/url/search.ts";
import { shownColumns } from "./column-list.ts";
import { ColumnsMenu } from "./columns-menu.tsx";
import { FlowTable } from "./flow-table.tsx";
import { FlowsFoot } from "./flows-foot.tsx";
import css from "./flows-view.module.css";
import { FromFeedProvider } from "./from-feed.tsx";
import { type Narrow, NarrowProvider } from "./narrow.ts";
import { useFlowChoices } from "./use-flow-choices.ts";
import { useFlowPages } from "./use-flow-pages.ts";
import { usePageKeys } from "./use-page-keys.ts";
import { useZoneClock, WallClockContext } from "./wall-clock.ts";

/** Most visits begin without an open flow, and the panel knows every criterion: its own chunk. */
const FlowPanel = dynamic(() => import("#components/flow-panel/flow-panel.tsx").then((module) => module.FlowPanel));

interface Props {
  readonly first: FlowPage;
  /** Where the pages after the first are answered: the same question with its window resolved. */
  readonly pagesHref: string;
  readonly search: Search;
  /** The open flow, where the address bar names one. */
  readonly open: OpenFlow | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The coverage line. */
  readonly coverage: ReactNode;
  readonly tools: ReactNode;
  /** Whether new flows can be shown as they come. */
  readonly canBeLive?: boolean;
  /** Where feeds show what the store does not have yet. */
  readonly fromFeed?: FromFeed | undefined;
  /** A part of the store cannot be asked. */
  readonly isPart?: boolean;
}

export function FlowsView({
  first,
  pagesHref,
  search: asked,
  open,
  now,
  coverage,
  tools,
  canBeLive = true,
  fromFeed,
  isPart = false,
}: Props) {
  const { row, columns: chosen, openRow, chooseColumns } = useFlowChoices();
  const search = useMemo<Search>(() => ({ ...asked, row, columns: chosen }), [asked, row, chosen]);
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const { rows, isComplete, isLoading, problem, more, add, restart } = useFlowPages(first, pagesHref, asked.live);
  // By id: live rows move the others down.
  const [cursorId, setCursorId] = useState(row);
  const cursor = useMemo(() => (cursorId === "" ? -1 : rows.findIndex((flow) => flow.id === cursorId)), [rows, cursorId]);
  const scroller = useRef<HTMLDivElement>(null);
  const [isAtTop, setAtTop] = useState(true);
  const isPaused = !isAtTop || cursorId !== "" || row !== "";
  const reload = useCallback(() => {
    restart();
    router.refresh();
  }, [restart, router]);
  const live = useLiveFlows({ search: asked, isPaused, onRows: add, onReload: reload });
  const filledSince = asked.live ? live.filledSince : undefined;
  const marks = useMemo(
    () => (fromFeed === undefined || filledSince === undefined ? fromFeed : { ...fromFeed, since: filledSince }),
    [fromFeed, filledSince],
  );
  const answer = useFlowDetail(row, open);
  const columns = useMemo(() => shownColumns(chosen), [chosen]);
  const clock = useZoneClock(asked.zone);

  const openAt = useCallback(
    (index: number) => {
      const flow = rows[index];
      if (flow === undefined) return;
      setCursorId(flow.id);
      openRow(flow.id);
    },
    [rows, openRow],
  );
  const moveTo = useCallback((index: number) => (row === "" ? setCursorId(rows[index]?.id ?? "") : openAt(index)), [rows, row, openAt]);
  const narrow = useCallback<Narrow>(
    (criterion, value, how) =>
      startTransition(async () => {
        const { narrowHref } = await import("./narrow-href.ts");
        router.push(narrowHref(search, criterion, value, how), { scroll: false });
      }),
    [search, router],
  );

  const step = (by: -1 | 1): void => {
    const next = Math.min(rows.length - 1, Math.max(0, cursor + by));
    if (next >= rows.length - 2) more();
    moveTo(next);
  };
  usePageKeys({
    j: () => step(1),
    k: () => step(-1),
    ...(row === "" ? {} : { escape: () => openRow(""), c: () => void copyText(globalThis.location.href) }),
  });

  return (
    <NarrowProvider value={narrow}>
      <WallClockContext value={clock}>
        <div className={css.view}>
          <h1 className={hidden.hidden}>Flows, newest first</h1>
          <section className={css.list} aria-label="Flows" data-pending={isPending || undefined}>
            <div className={css.bar}>
              <div className={css.coverage}>{coverage}</div>
              {canBeLive && <LiveSwitch path="/flows" search={search} state={live.state} isPaused={isPaused} behind={live.behind} />}
              <ColumnsMenu columns={columns} onColumns={chooseColumns} />
              {tools}
            </div>
            <LivePill
              held={live.held}
              missed={live.missed}
              onShow={() => {
                setCursorId("");
                openRow("");
                scroller.current?.scrollTo({ top: 0 });
                setAtTop(true);
              }}
              onReload={live.reload}
            />
            <FromFeedProvider value={marks}>
              <FlowTable
                rows={rows}
                isComplete={isComplete}
                columns={columns}
                onColumns={chooseColumns}
                active={cursor}
                openId={row}
                now={now}
                onActive={moveTo}
                onOpen={openAt}
                onNearEnd={more}
                onTop={setAtTop}
                scroller={scroller}
              />
            </FromFeedProvider>
            <FlowsFoot
              loaded={rows.length}
              isComplete={isComplete}
              isLoading={isLoading}
              problem={problem}
              onRetry={more}
              isPart={isPart}
            />
          </section>
          {row !== "" && (
            <FlowPanel
              answer={answer}
              search={search}
              now={now}
              onPrevious={cursor > 0 ? () => step(-1) : undefined}
              onNext={cursor < rows.length - 1 ? () => step(1) : undefined}
              onClose={() => openRow("")}
            />
          )}
        </div>
      </WallClockContext>
    </NarrowProvider>
  );
}
