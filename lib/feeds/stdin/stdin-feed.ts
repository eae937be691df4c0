/** The standard input feed: whatever is piped in, until it ends. */
import { randomUUID } from "node:crypto";
import { performance } from "node:perf_hooks";
import type { Readable } from "node:stream";
import type { LineJoiner } from "#lib/decode/join-lines.ts";
import type { FeedReport } from "#lib/questions/answer.ts";
import type { FlowFeed } from "../feed.ts";
import { createIngest, LIVE, type LineDecoder } from "../ingest.ts";
import { createLineCutter } from "../line-cutter.ts";
import { createRate } from "../rate.ts";

export interface StdinFeedParts {
  readonly open: () => Readable;
  readonly decoder: LineDecoder;
  readonly joiner: LineJoiner;
  /** Nanoseconds since 1970: the time of lines that carry none and follow none that does. */
  readonly startTime: bigint;
}

const NAME = "standard input";

export function createStdinFeed(parts: StdinFeedParts): FlowFeed {
  const now = (): number => performance.now();
  const flowRate = createRate();
  let state: FeedReport["state"] = "waiting";
  let trouble = "";
  let bytes = 0;

  return {
    names: [NAME],
    reports: () => [
      {
        name: NAME,
        kind: "stdin",
        state,
        trouble,
        bytesRead: bytes,
        bytesTotal: 0,
        flowsPerSecond: state === "reading" ? Math.round(flowRate.perSecond()) : 0,
        secondsLeft: undefined,
      },
    ],
    async run(sink, signal) {
      // a pipe has no identity: what a second run pipes in again is recognised flow by flow
      const feed = `stdin:${randomUUID()}`;
      const ingest = createIngest({
        sink,
        feed,
        label: NAME,
        decoder: parts.decoder,
        joiner: parts.joiner,
        limits: LIVE,
        now,
        firstTime: parts.startTime,
        state: () => "",
        start: 0,
      });
      const cutter = createLineCutter(0, ingest.line, ingest.repeated);
      const input = parts.open();
      const stop = (): void => void input.destroy();
      signal.addEventListener("abort", stop, { once: true });
      let settling = Promise.resolve();
      // a quiet pipe still shows what it brought last
      const tick = setInterval(() => {
        settling = settling.then(() => ingest.settle());
        settling.catch((error: unknown) => input.destroy(error instanceof Error ? error : new Error(String(error))));
      }, LIVE.ms);
      try {
        for await (const chunk of input) {
          state = "reading";
          cutter.push(chunk);
          bytes += chunk.length;
          flowRate.at(ingest.flows, now());
          settling = settling.then(() => ingest.settle());
          await settling;
        }
        cutter.end();
        await settling;
        await ingest.finish(true);
        state = "done";
        if (bytes === 0) trouble = "Nothing came in.";
      } catch (error) {
        state = signal.aborted ? "stopped" : "failed";
        if (signal.aborted) await settling.then(() => ingest.finish(false)).catch(() => undefined);
        else trouble = `Reading stopped: ${error instanceof Error ? error.message : String(error)}`;
      } finally {
        clearInterval(tick);
        signal.removeEventListener("abort", stop);
      }
      if (signal.aborted) state = "stopped";
    },
  };
}
