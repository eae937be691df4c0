"use client";
/** The clock that times are shown in. A server cannot know the reader's zone, so the first paint is in UTC and the own clock follows. */
import { createContext, use, useSyncExternalStore } from "react";
import { type Offset, UTC } from "#lib/format/format-instant.ts";

export interface WallClock {
  readonly offset: Offset;
  /** `UTC`, or `local` for the reader's own. */
  readonly name: string;
}

const UTC_CLOCK: WallClock = { offset: UTC, name: "UTC" };
const LOCAL_CLOCK: WallClock = { offset: (at) => new Date(at).getTimezoneOffset() * -60_000, name: "local" };

export const WallClockContext = createContext<WallClock>(UTC_CLOCK);

export function useWallClock(): WallClock {
  return use(WallClockContext);
}

export function useZoneClock(zone: "utc" | "local"): WallClock {
  const isInBrowser = useSyncExternalStore(
    neverChanges,
    () => true,
    () => false,
  );
  return zone === "local" && isInBrowser ? LOCAL_CLOCK : UTC_CLOCK;
}

function neverChanges(): () => void {
  return () => undefined;
}
