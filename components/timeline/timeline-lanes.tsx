"use client";
/** The two lanes under the chart: who appeared for the first time, and for which parts of the window anything is known. */
import Link from "next/link";
import { visibleText } from "#lib/format/visible-text.ts";
import type { Timeline } from "#lib/questions/answer.ts";
import { placeNames } from "./lane-labels.ts";
import css from "./lanes.module.css";
import type { SeenPart } from "./seen-lane.ts";
import { usePlotWidth } from "./use-plot-width.ts";

interface Props {
  readonly timeline: Timeline;
  /** Only one new sender, in the order of the answer. */
  readonly links: readonly string[];
  readonly seen: readonly SeenPart[];
  /** An instant in words. */
  readonly clockOf: (at: number) => string;
}

export function TimelineLanes({ timeline, links, seen, clockOf }: Props) {
  const [lane, width] = usePlotWidth();
  const length = timeline.width * timeline.count;
  const marks = timeline.fresh.map(({ workload, at }, index) => ({
    href: links[index] ?? "",
    name: visibleText(workload.slice(workload.indexOf("/") + 1), 40),
    workload,
    at,
    place: Math.max(0, Math.min(1, (at - timeline.start) / length)),
  }));
  const unseen = seen.filter((part) => !part.seen);
  return (
    <div className={css.lanes}>
      {marks.length > 0 && <div className={css.laneName}>New</div>}
      <ul ref={lane} className={css.newLane} aria-label="Senders first seen in this window" hidden={marks.length === 0}>
        {placeNames(marks, width).map((mark) => (
          <li key={mark.workload} style={{ left: `${mark.place * 100}%` }} data-side={mark.side}>
            <Link
              href={mark.href}
              prefetch={false}
              scroll={false}
              title={`${visibleText(mark.workload)}, first seen ${clockOf(mark.at)}`}
              aria-label={`Only ${visibleText(mark.workload)}, first seen ${clockOf(mark.at)}`}
            >
              <svg width="8" height="7" viewBox="0 0 8 7" aria-hidden="true">
                <path d="M4 0 8 7H0Z" fill="currentColor" />
              </svg>
              {mark.isNamed && <span>{mark.name}</span>}
            </Link>
          </li>
        ))}
      </ul>
      <div className={css.laneName}>Seen</div>
      <div className={css.seenLane} role="img" aria-label={seenWords(unseen, timeline, clockOf)}>
        {seen.map((part) => (
          <span
            key={part.from}
            className={part.seen ? css.seenPart : css.unseenPart}
            style={{ left: `${part.from * 100}%`, width: `${(part.to - part.from) * 100}%` }}
          />
        ))}
      </div>
    </div>
  );
}

function seenWords(unseen: readonly SeenPart[], timeline: Timeline, clockOf: (at: number) => string): string {
  if (unseen.length === 0) return "The store holds flows of the whole window";
  const at = (place: number): string => clockOf(timeline.start + place * timeline.width * timeline.count);
  return `Nothing was read for ${unseen.map((part) => `${at(part.from)} to ${at(part.to)}`).join(" and ")}`;
}
