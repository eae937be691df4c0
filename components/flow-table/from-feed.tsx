"use client";
/** Which rows come from a feed because the store that lags does not have them yet, and their quiet mark. */
import { createContext, use } from "react";
import type { FromFeed } from "#components/coverage/from-feed-of.ts";
import { VisuallyHidden } from "#components/ui/visually-hidden.tsx";
import css from "./flow-table.module.css";

const FromFeedContext = createContext<FromFeed | undefined>(undefined);
export const FromFeedProvider = FromFeedContext;

/** A mark moves on by itself: rows know their time only. */
export function FromFeedMark({ time }: { readonly time: string }) {
  const fromFeed = use(FromFeedContext);
  if (fromFeed === undefined || fromFeed.since === "" || !(Date.parse(time) >= Date.parse(fromFeed.since))) return null;
  return (
    <i className={css.fromFeed} title={fromFeed.words} data-from-feed="">
      <VisuallyHidden>{fromFeed.words}</VisuallyHidden>
    </i>
  );
}
