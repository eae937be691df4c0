"use client";
/** The clock the page shows. A server cannot know the reader's own zone, so the first paint is in UTC and the own clock follows. */
import { useSyncExternalStore } from "react";
import { type Offset, UTC } from "#lib/format/format-instant.ts";

export function useClockOffset(zone: "utc" | "local"): Offset {
  const isInBrowser = useSyncExternalStore(
    neverChanges,
    () => true,
    () => false,
  );
  return zone === "local" && isInBrowser ? ownClock : UTC;
}

function ownClock(at: number): number {
  return -new Date(at).getTimezoneOffset() * 60_000;
}

function neverChanges(): () => void {
  return () => undefined;
}
