/** What the engine does, apart from being a thread: runs the feeds into the store and answers questions with the feeds' word added. */
import { randomUUID } from "node:crypto";
import { performance } from "node:perf_hooks";
import type { FlowFeed } from "#lib/feeds/feed.ts";
import type { FlowSink } from "#lib/flows/batch.ts";
import { parseTime } from "#lib/flows/flow-time.ts";
import type { Answer, Coverage, CoverageDetails, FeedReport } from "#lib/questions/answer.ts";
import type { SourceReport } from "#lib/questions/source-report.ts";
import type { Scannable } from "#lib/stores/flow-scan.ts";
import type { Filling, FlowStore, Forgetful } from "#lib/stores/flow-store.ts";
import type { DemoConfig } from "./config.ts";
import type { EngineNews, STORE_METHODS } from "./engine-protocol.ts";
import { keepForgetting } from "./keep-forgetting.ts";
import { createLiveRing } from "./live-ring.ts";
import { createReplayDesk, replayHandlers } from "./replay-desk.ts";
import type { Handler } from "./rpc.ts";
import { runFeeds } from "./run-feeds.ts";

export interface EngineParts {
  readonly store: FlowStore & FlowSink & Partial<Forgetful & Scannable & Filling>;
  readonly feeds: readonly FlowFeed[];
  readonly demo: DemoConfig | undefined;
  readonly tell: (news: EngineNews) => void;
  /** The store could not write a batch: it has to be opened again. */
  readonly onBroken?: (error: unknown) => void;
  /** 0 = for ever. */
  readonly retentionDays?: number;
  /** 0 = as much as comes. */
  readonly retentionBytes?: number;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  readonly progressEveryMs?: number;
}

export interface EngineCore {
  readonly handlers: ReadonlyMap<string, Handler>;
  /** Settles when every feed has ended. */
  readonly done: Promise<void>;
  close(): Promise<void>;
}

export function createEngineCore(parts: EngineParts): EngineCore {
  const { store, feeds, tell } = parts;
  const stop = new AbortController();
  const reports = (from?: bigint): FeedReport[] => feeds.flatMap((feed) => feed.reports(from));
  const progress = (): void => tell({ news: "progress", feeds: reports() });
  const timer = setInterval(progress, parts.progressEveryMs ?? 250);
  const ring = createLiveRing(randomUUID().slice(0, 8), () => performance.now());
  const sink: FlowSink = {
    append: async (batch) => {
      const result = await store.append(batch).catch((error: unknown) => {
        parts.onBroken?.(error);
        throw error;
      });
      ring.publish({ count: batch.tally.flows, flows: () => batch.flows });
      return result;
    },
    position: (feed) => store.position(feed),
    feeds: () => store.feeds?.() ?? Promise.resolve([]),
  };
  const running = runFeeds({ feeds, sink, signal: stop.signal, onTrouble: (text) => tell({ news: "trouble", text }) });
  const done = running.then(() => {
    clearInterval(timer);
    if (feeds.length > 0) progress();
  });

  const complete = <T>(answer: Answer<T>): Answer<T> =>
    answer.problem !== undefined
      ? answer
      : { ...answer, coverage: withFeeds(answer.coverage, reports(startOf(answer.coverage)), parts.demo) };

  const sources = (from: bigint | undefined): SourceReport[] => feeds.flatMap((feed) => feed.sources?.(from) ?? []);
  const detailed = (answer: Answer<CoverageDetails>): Answer<CoverageDetails> =>
    answer.problem !== undefined ? answer : { ...answer, answer: { ...answer.answer, sources: sources(startOf(answer.coverage)) } };

  const stopForgetting = keepForgetting(parts);

  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closed ??= (async () => {
      stop.abort();
      ring.close();
      stopForgetting();
      await done;
      await store.close();
    })();
    return closed;
  };

  const replays = replayHandlers(createReplayDesk({ store, now: () => performance.now() }));
  const handlers = new Map<string, Handler>([
    ...storeHandlers(store, complete, detailed),
    ...Object.entries(replays),
    ["live", async (input) => withFilled(await ring.read(asked(input)), store.filledSince?.())],
    ["close", close],
  ]);
  return { handlers, done, close };
}

/** Of the window that was asked about, in nanoseconds since 1970. */
function startOf({ window }: Coverage): bigint | undefined {
  return parseTime(window.from);
}

/** What marks on rows go by: it changes while they stay. */
function withFilled<T extends object>(read: T, filledSince: string | undefined): T {
  return filledSince === undefined ? read : { ...read, filledSince };
}

/** `status` answers with a coverage; the others carry one beside their answer. */
function withFeeds(coverage: Coverage, feeds: readonly FeedReport[], demo: DemoConfig | undefined): Coverage {
  return { ...coverage, feeds, demo: demo === undefined ? undefined : { seed: demo.seed } };
}

function storeHandlers(
  store: FlowStore,
  complete: <T>(answer: Answer<T>) => Answer<T>,
  detailed: (answer: Answer<CoverageDetails>) => Answer<CoverageDetails>,
): [string, Handler][] {
  const table: { readonly [M in (typeof STORE_METHODS)[number]]: Handler } = {
    status: async (_input, gone) => {
      const answer = complete(await store.status(gone));
      return answer.problem === undefined ? { ...answer, answer: answer.coverage } : answer;
    },
    summary: async (input, gone) => complete(await store.summary(asked(input), gone)),
    groups: async (input, gone) => complete(await store.groups(asked(input), gone)),
    timeline: async (input, gone) => complete(await store.timeline(asked(input), gone)),
    facets: async (input, gone) => complete(await store.facets(asked(input), gone)),
    flows: async (input, gone) => complete(await store.flows(asked(input), gone)),
    flow: async (input, gone) => complete(await store.flow(asked(input), gone)),
    coverage: async (input, gone) => complete(detailed(await store.coverage(asked(input), gone))),
    nearest: async (input, gone) => complete(await store.nearest(asked(input), gone)),
  };
  return Object.entries(table);
}

/** The engine client sent what the same-named FlowStore method takes; both ends are compiled together, so the shape holds. */
function asked<T>(input: unknown): T {
  return input as T;
}
