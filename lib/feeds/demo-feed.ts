/** The demo feed: made-up lines, decoded like any others. */
import { performance } from "node:perf_hooks";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { FeedReport } from "#lib/questions/answer.ts";
import type { FlowFeed } from "./feed.ts";
import { type BatchLimits, createIngest, type LineDecoder } from "./ingest.ts";
import { createRate } from "./rate.ts";
import { WHOLE_LINES } from "./whole-lines.ts";

export interface DemoFeedParts {
  readonly seed: number;
  /** About how many flows will come. */
  readonly flows: number;
  /** Milliseconds since 1970 of the newest one. */
  readonly until: number;
  readonly lines: Iterable<string>;
  readonly decoder: LineDecoder;
}

/** The first pages should find something at once. */
const LIMITS: BatchLimits = { flows: 25_000, bytes: 64 << 20, ms: 400 };
const LINES_PER_TURN = 500;

export function createDemoFeed(parts: DemoFeedParts): FlowFeed {
  const name = `demo data, seed ${parts.seed}`;
  const now = (): number => performance.now();
  const rate = createRate();
  let state: FeedReport["state"] = "waiting";
  let trouble = "";
  let bytes = 0;
  let flows = 0;

  return {
    names: [name],
    reports: () => [
      {
        name,
        kind: "demo",
        state,
        trouble,
        bytesRead: bytes,
        bytesTotal: 0,
        flowsPerSecond: state === "reading" ? Math.round(rate.perSecond()) : 0,
        secondsLeft: state === "reading" && rate.perSecond() > 0 ? Math.max(0, (parts.flows - flows) / rate.perSecond()) : undefined,
      },
    ],
    async run(sink, signal) {
      state = "reading";
      const ingest = createIngest({
        sink,
        feed: `demo:${parts.seed}:${parts.until}`,
        label: name,
        decoder: parts.decoder,
        joiner: WHOLE_LINES,
        limits: LIMITS,
        now,
        firstTime: BigInt(parts.until) * 1_000_000n,
        state: () => "",
        start: 0,
      });
      try {
        let lines = 0;
        for (const line of parts.lines) {
          bytes += line.length + 1;
          ingest.line(line, bytes);
          if (++lines % LINES_PER_TURN !== 0) continue;
          flows = ingest.flows;
          rate.at(flows, now());
          await ingest.settle();
          await nextTurn();
          if (signal.aborted) break;
        }
        await (signal.aborted ? ingest.abandon() : ingest.finish(true));
        state = signal.aborted ? "stopped" : "done";
      } catch (error) {
        state = "failed";
        trouble = `Demo data stopped: ${error instanceof Error ? error.message : String(error)}`;
      }
    },
  };
}
