/** The main thread's side of the engine: a FlowStore whose questions are answered by the worker thread that owns the store. */
import { Worker } from "node:worker_threads";
import type { Answer, Problem } from "#lib/questions/answer.ts";
import type { LiveQuestion, LiveRead } from "#lib/questions/live.ts";
import type { FlowStore } from "#lib/stores/flow-store.ts";
import { askerGone } from "./asker-gone.ts";
import { type EngineNews, type EngineSettings, newsSchema } from "./engine-protocol.ts";
import { hasFeeds } from "./has-feeds.ts";
import { createReplays, type Replays } from "./replays.ts";
import { type Caller, createCaller, type Reply } from "./rpc.ts";

export interface Engine {
  readonly store: FlowStore;
  readonly live: LiveFlows;
  readonly replays: Replays;
  /** Stops the feeds, closes the store, ends the thread; at most `graceMs`, then the thread is ended as it is. */
  close(graceMs: number): Promise<void>;
}

/** The flows that are stored now, for those who watch. Never rejects. */
export type LiveFlows = (question: LiveQuestion) => Promise<LiveAnswer>;
export type LiveAnswer = (LiveRead & { readonly problem?: never }) | { readonly problem: Problem };

export interface EngineStart {
  readonly entry: URL;
  readonly settings: EngineSettings;
  readonly onNews: (news: EngineNews) => void;
  /** The thread ended by itself; it starts again after this many milliseconds. */
  readonly onCrash: (reason: string, againInMs: number) => void;
  readonly questionTimeoutMs?: number;
  readonly firstBackOffMs?: number;
}

/** What is asked within so long asks for the same instants, so that a cluster can answer from what it answered before. */
const ADX_STEP_MS = 15_000;
const LIVE_GRACE_MS = 10_000;
const BACK_OFF_MOST_MS = 30_000;
/** A thread that lived this long was healthy: the next crash counts as the first. */
const HEALTHY_MS = 60_000;

/** Flows live until their batch is stored, longer than the usual 16 MB half space lasts: with three of 32 MB, reading took 20 % less time. */
const YOUNG_GENERATION_MB = 96;

export function startEngine(start: EngineStart): Engine {
  const firstBackOff = start.firstBackOffMs ?? 500;
  let name = "starting";
  let closing = false;
  let backOff = firstBackOff;
  let again: NodeJS.Timeout | undefined;
  let current = launch();

  function launch(): { readonly worker: Worker; readonly caller: Caller } {
    const worker = new Worker(start.entry, {
      workerData: start.settings,
      name: "weir-engine",
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
    });
    const caller = createCaller(worker);
    const born = performance.now();
    let reason = "";
    worker.on("message", (message) => {
      const read = newsSchema.safeParse(message);
      if (!read.success) return;
      if (read.data.news === "ready") name = read.data.store;
      start.onNews(read.data);
    });
    worker.on("error", (error) => {
      reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    });
    worker.on("exit", (code) => {
      caller.fail(crashed());
      if (closing) return;
      if (performance.now() - born > HEALTHY_MS) backOff = firstBackOff;
      start.onCrash(reason === "" ? `exit code ${code}` : reason, backOff);
      again = setTimeout(() => {
        current = launch();
      }, backOff);
      backOff = Math.min(backOff * 2, BACK_OFF_MOST_MS);
    });
    return { worker, caller };
  }

  const timeoutMs = start.questionTimeoutMs ?? (start.settings.adx?.timeoutMs ?? 20_000) + 10_000;
  const ask = async <T>(method: string, input: unknown): Promise<Answer<T>> =>
    asAnswer<T>(await current.caller.call(method, input, timeoutMs, askerGone()));

  const store: FlowStore = {
    get name() {
      return name;
    },
    stepMs: start.settings.adx === undefined ? undefined : ADX_STEP_MS,
    stepsUp: hasFeeds(start.settings),
    status: () => ask("status", undefined),
    summary: (question) => ask("summary", question),
    groups: (question) => ask("groups", question),
    timeline: (question) => ask("timeline", question),
    facets: (question) => ask("facets", question),
    flows: (question) => ask("flows", question),
    flow: (id) => ask("flow", id),
    coverage: (question) => ask("coverage", question),
    nearest: (question) => ask("nearest", question),
    close: () => close(2_000),
  };

  async function close(graceMs: number): Promise<void> {
    if (closing) return;
    closing = true;
    clearTimeout(again);
    await current.caller.call("close", undefined, graceMs);
    await current.worker.terminate();
  }

  const live: LiveFlows = async (question) => {
    const reply = await current.caller.call("live", question, question.waitMs + LIVE_GRACE_MS);
    return reply.problem === undefined ? asLive(reply.value) : { problem: reply.problem };
  };

  const replays = createReplays((method, input, gone) => current.caller.call(method, input, Math.max(timeoutMs, 30_000), gone), Date.now);

  return { store, live, replays, close };
}

/** The engine answers with what the same-named FlowStore method returned; both ends are compiled together, so the shape holds. */
function asAnswer<T>(reply: Reply): Answer<T> {
  return reply.problem === undefined ? (reply.value as Answer<T>) : { problem: reply.problem };
}

/** The engine answers "live" with what LiveRing.read returned; both ends are compiled together, so the shape holds. */
function asLive(value: unknown): LiveAnswer {
  return value as LiveAnswer;
}

function crashed(): Problem {
  return {
    kind: "unavailable",
    title: "The store stopped",
    detail: "The part of Weir that holds the flows ended unexpectedly and is being started again.",
    next: "Try again in a few seconds. The terminal that runs Weir says why it stopped.",
  };
}
