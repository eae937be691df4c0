"use client";
/** When a row was first or last seen: an age while the window reaches up to now, else a time or a day; exact in the tooltip. */
import { useClockOffset } from "#components/timeline/use-clock-offset.ts";
import { seenWords } from "./seen-words.ts";

interface Props {
  readonly at: string;
  /** The end of the window and the time of asking, milliseconds since 1970. */
  readonly end: number;
  readonly now: number;
  readonly zone: "utc" | "local";
}

export function SeenAt({ at, end, now, zone }: Props) {
  const offset = useClockOffset(zone);
  return (
    <time dateTime={at} title={at}>
      {seenWords(Date.parse(at), end, now, offset)}
    </time>
  );
}
