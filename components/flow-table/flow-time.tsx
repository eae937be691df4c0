"use client";
/** The time of a flow in its row; the full nanoseconds are in the tooltip. */
import { createContext, use } from "react";
import { formatDay, formatFlowTime } from "#lib/format/format-instant.ts";
import css from "./flow-table.module.css";
import { FromFeedMark } from "./from-feed.tsx";
import { useWallClock } from "./wall-clock.ts";

export function FlowTime({ time }: { readonly time: string }) {
  const { offset } = useWallClock();
  const newDay = use(NewDayContext);
  return (
    <>
      <FromFeedMark time={time} />
      <time dateTime={time} title={time} className={css.time}>
        {formatFlowTime(time, offset)}
      </time>
      {newDay !== "" && <span className={css.newDay}>{newDay}</span>}
    </>
  );
}

/** `22 Sep` inside a row whose day differs from the row above, else empty. */
const NewDayContext = createContext("");
export const NewDayProvider = NewDayContext;

/** `22 Sep`: the year only where it is another. */
export function dayOfFlow(time: string, now: number, offset: (at: number) => number): string {
  const at = Date.parse(time);
  return Number.isNaN(at) ? "" : formatDay(at, now, offset);
}
