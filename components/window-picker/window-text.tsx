"use client";
/** The resolved window on the chosen clock. */
import { useClockOffset } from "#components/timeline/use-clock-offset.ts";
import { formatWindow, UTC } from "#lib/format/format-instant.ts";
import type { ResolvedWindow } from "#lib/questions/window.ts";
import { zoneName } from "./zone-name.ts";

interface Props {
  readonly asked: ResolvedWindow;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly zone: "utc" | "local";
}

export function WindowText({ asked, now, zone }: Props) {
  const offset = useClockOffset(zone);
  return <>{formatWindow(asked, now, { offset, name: offset === UTC ? "UTC" : zoneName(offset(asked.to)) })}</>;
}
