/** Runs every feed, each for itself; one that should never end and did is run again, after a while that grows. */
import { performance } from "node:perf_hooks";
import { type BackOffLimits, createBackOff } from "#lib/feeds/agent-logs/back-off.ts";
import type { FlowFeed } from "#lib/feeds/feed.ts";
import { pause } from "#lib/feeds/pause.ts";
import type { FlowSink } from "#lib/flows/batch.ts";

export interface RunFeedsParts {
  readonly feeds: readonly FlowFeed[];
  readonly sink: FlowSink;
  readonly signal: AbortSignal;
  /** A sentence for the terminal. */
  readonly onTrouble: (text: string) => void;
  readonly backOff?: BackOffLimits;
  readonly random?: () => number;
}

const BACK_OFF: BackOffLimits = { firstMs: 1_000, mostMs: 60_000 };

/** Settles when every feed has ended for good; never rejects. */
export async function runFeeds(parts: RunFeedsParts): Promise<void> {
  await Promise.all(parts.feeds.map((feed) => keepRunning(feed, parts)));
}

async function keepRunning(feed: FlowFeed, parts: RunFeedsParts): Promise<void> {
  const { signal, backOff: limits = BACK_OFF, random = Math.random } = parts;
  const backOff = createBackOff(limits, random);
  while (!signal.aborted) {
    const began = performance.now();
    const reason = await runOnce(feed, parts);
    const name = feed.names.join(", ");
    if (signal.aborted || feed.isEndless !== true) {
      if (reason !== "") parts.onTrouble(`${name}: ${reason}`);
      return;
    }
    if (performance.now() - began > limits.mostMs) backOff.reset();
    const waitMs = backOff.next();
    parts.onTrouble(`${name} begins again in ${Math.max(1, Math.round(waitMs / 1000))} s: ${reason === "" ? "it ended" : reason}`);
    await pause(waitMs, signal);
  }
}

/** Why it ended, empty = as it should. */
async function runOnce(feed: FlowFeed, { sink, signal }: RunFeedsParts): Promise<string> {
  try {
    await feed.run(sink, signal);
    return feed
      .reports()
      .filter(({ state, trouble }) => state === "failed" && trouble !== "" && feed.isEndless === true)
      .map(({ trouble }) => trouble)
      .join(" ");
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}
