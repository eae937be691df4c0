"use client";
/** When it happened: attempts over the window by reason or destination group, with a brush to zoom and the two lanes. */
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useMemo, useTransition } from "react";
import type { FromFeed } from "#components/coverage/from-feed-of.ts";
import { Panel } from "#components/ui/panel.tsx";
import type { Timeline } from "#lib/questions/answer.ts";
import type { ResolvedWindow } from "#lib/questions/window.ts";
import { type BucketRange, windowOf } from "./bucket-range.ts";
import { bucketWords } from "./bucket-words.ts";
import { stretchWords } from "./clock-words.ts";
import { FilledSpan } from "./filled-span.tsx";
import { GroupLegend } from "./group-legend.tsx";
import { RangeLayer } from "./range-layer.tsx";
import type { SeenPart } from "./seen-lane.ts";
import { Silhouette } from "./silhouette.tsx";
import { stackOf } from "./stack.ts";
import { timeTicks } from "./time-ticks.ts";
import css from "./timeline.module.css";
import { TimelineLanes } from "./timeline-lanes.tsx";
import type { TimelineLinks } from "./timeline-links.ts";
import { TimelineTable } from "./timeline-table.tsx";
import { TimelineTools } from "./timeline-tools.tsx";
import { useClockOffset } from "./use-clock-offset.ts";
import { usePlotWidth } from "./use-plot-width.ts";
import { zoomHref } from "./zoom-href.ts";

const TimelineChart = dynamic(() => import("./timeline-chart.tsx").then((module) => module.TimelineChart), { ssr: false });

interface Props {
  readonly timeline: Timeline;
  readonly links: TimelineLinks;
  readonly split: "reason" | "group";
  readonly zone: "utc" | "local";
  /** Numbers in place of the picture. */
  readonly isTable: boolean;
  readonly asked: ResolvedWindow;
  readonly seen: readonly SeenPart[];
  /** Length of the window, short: `24 h`. */
  readonly span: string;
  /** What feeds filled in, where a store lags. */
  readonly fromFeed?: FromFeed | undefined;
}

/** A label of the lower axis and the air around it, in pixels. */
const TICK_ROOM = 150;
/** A label stands under the middle of its instant and must not leave the panel. */
const HALF_LABEL = 20;

export function TimelinePanel({ timeline, links, split, zone, isTable, asked, seen, span, fromFeed }: Props) {
  const [isPending, startTransition] = useTransition();
  const router = useRouter();
  const offset = useClockOffset(zone);
  const [box, boxWidth] = usePlotWidth();
  const stack = useMemo(() => stackOf(timeline, split), [timeline, split]);
  const end = timeline.start + timeline.count * timeline.width;
  const ticks = useMemo(() => {
    const most = Math.max(2, Math.floor(boxWidth / TICK_ROOM));
    const lastWhole = end - ((end - timeline.start) * HALF_LABEL) / boxWidth;
    return timeTicks(timeline.start, lastWhole, most, offset);
  }, [timeline.start, end, boxWidth, offset]);
  const isLong = asked.to - asked.from > 24 * 3_600_000;
  const title = `Attempts per ${bucketWords(timeline.width)}`;
  const wordsOf = (range: BucketRange): string => stretchWords(windowOf(range, timeline, asked), offset, isLong);

  function zoom(range: BucketRange): void {
    const href = zoomHref(links.unwindowed, windowOf(range, timeline, asked));
    startTransition(() => router.push(href, { scroll: false }));
  }
  return (
    <Panel
      title={title}
      isFlush
      tools={
        <TimelineTools
          split={split}
          splits={links.splits}
          hasBefore={timeline.before !== undefined}
          hasUnseen={seen.some((part) => !part.seen)}
          span={span}
          fromFeed={fromFeed}
          isTable={isTable}
          otherView={links.otherView}
        />
      }
    >
      <div className={css.body} data-pending={isPending || undefined}>
        {split === "group" && <GroupLegend stack={stack} links={links.groups} />}
        {isTable ? (
          <TimelineTable
            timeline={timeline}
            stack={stack}
            split={split}
            caption={title}
            wordsOf={(bucket) => wordsOf({ anchor: bucket, head: bucket })}
          />
        ) : (
          <div className={css.chart} ref={box}>
            <Silhouette stack={stack} />
            <div className={css.drawn}>
              <TimelineChart stack={stack} before={timeline.before} start={timeline.start} width={timeline.width} ticks={ticks} />
            </div>
            {fromFeed !== undefined && <FilledSpan start={timeline.start} end={end} fromFeed={fromFeed} />}
            <RangeLayer stack={stack} before={timeline.before} split={split} wordsOf={wordsOf} onZoom={zoom} />
          </div>
        )}
        <TimelineLanes
          timeline={timeline}
          links={links.fresh}
          seen={seen}
          clockOf={(at) => stretchWords({ from: at, to: at }, offset, true).split(" – ")[0] ?? ""}
        />
      </div>
    </Panel>
  );
}
