/** Prints how far the feeds are: one line rewritten on a terminal, a plain line every few seconds elsewhere. */
import type { FeedReport } from "#lib/questions/answer.ts";
import { endText, progressText, troubleText } from "./terminal.ts";

export interface Screen {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const PLAIN_EVERY_MS = 5_000;
/** A feed that is read sooner than this is not worth a line of progress. */
const QUIET_MS = 1_500;
/** A live feed's trouble changes with every agent that comes and goes. */
const TROUBLE_EVERY_MS = 60_000;
const CLEAR_LINE = "\r\u001b[K";

export function createProgressPrinter(screen: Screen, now: () => number): (feeds: readonly FeedReport[]) => void {
  const ended = new Set<string>();
  const troubled = new Map<string, number>();
  const begun = now();
  let lastPlain = begun;
  let shown = false;
  return (feeds) => {
    for (const feed of feeds) {
      if ((feed.state !== "done" && feed.state !== "failed") || ended.has(feed.name)) continue;
      ended.add(feed.name);
      screen.write(`${shown ? CLEAR_LINE : ""}  ${endText(feed)}\n`);
      shown = false;
    }
    for (const feed of feeds) {
      if (feed.trouble === "" || (feed.state !== "waiting" && feed.state !== "following")) continue;
      if (now() - begun < QUIET_MS || now() - (troubled.get(feed.name) ?? Number.NEGATIVE_INFINITY) < TROUBLE_EVERY_MS) continue;
      troubled.set(feed.name, now());
      screen.write(`${shown ? CLEAR_LINE : ""}  ${troubleText(feed)}\n`);
      shown = false;
    }
    const reading = feeds.filter((feed) => feed.state === "reading" && feed.bytesRead > 0);
    const [first] = reading;
    if (first === undefined || now() - begun < QUIET_MS) return;
    const more = reading.length > 1 ? ` (+${reading.length - 1})` : "";
    const text = `  ${progressText(first)}${more}`;
    if (screen.isTTY === true) {
      screen.write(`${CLEAR_LINE}${text.slice(0, Math.max(20, (screen.columns ?? 80) - 1))}`);
      shown = true;
    } else if (now() - lastPlain >= PLAIN_EVERY_MS) {
      lastPlain = now();
      screen.write(`${text}\n`);
    }
  };
}
