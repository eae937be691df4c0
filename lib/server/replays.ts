/** Replays as the main thread asks for them: one step after the other, until it is whole or nobody listens any more. */
import type { ReplayNews } from "#lib/exporter/replay-report.ts";
import type { Problem } from "#lib/questions/answer.ts";
import type { REPLAY_METHODS } from "./engine-protocol.ts";
import type { ReplayAsk, ReplayOpened, ReplayProgress } from "./replay-desk.ts";
import type { Reply } from "./rpc.ts";

export interface Replays {
  /** Ends with "done" or "failed", or silently when `signal` says that nobody listens. */
  run(ask: ReplayAsk, signal: AbortSignal): AsyncGenerator<ReplayNews, void, undefined>;
}

export type AskEngine = (method: (typeof REPLAY_METHODS)[number], input: unknown, gone?: AbortSignal) => Promise<Reply>;

export interface ReplayPace {
  /** Milliseconds between two words about how far it is, and between two looks at what is known so far. */
  readonly newsMs: number;
  readonly reportMs: number;
}

export function createReplays(ask: AskEngine, now: () => number, pace: ReplayPace = { newsMs: 200, reportMs: 1_000 }): Replays {
  return {
    async *run(what, signal) {
      const opened = openedOf(await ask("replay-open", what, signal));
      if ("problem" in opened) return yield failed(opened.problem);
      const { id, total } = opened;
      try {
        yield { is: "running", looked: 0, of: total };
        let [toldAt, reportedAt] = [now(), now()];
        while (!signal.aborted) {
          const wantsReport = now() - reportedAt >= pace.reportMs;
          const step = progressOf(await ask("replay-step", { id, wantsReport }, signal));
          if ("problem" in step) return yield failed(step.problem);
          const { looked, isDone, report } = step;
          if (isDone && report !== undefined) return yield { is: "done", report };
          if (report !== undefined) reportedAt = now();
          if (report === undefined && now() - toldAt < pace.newsMs) continue;
          toldAt = now();
          yield { is: "running", looked, of: total, report };
        }
      } finally {
        void ask("replay-close", id);
      }
    },
  };
}

function failed({ kind, title, detail, next }: Problem): ReplayNews {
  return { is: "failed", title, detail, next, mayHelpAgain: kind !== "bad-question" };
}

/** The engine answers with what the desk's `open` returned; both ends are compiled together, so the shape holds. */
function openedOf(reply: Reply): ReplayOpened {
  return reply.problem === undefined ? (reply.value as ReplayOpened) : { problem: reply.problem };
}

/** The engine answers with what the desk's `step` returned; both ends are compiled together, so the shape holds. */
function progressOf(reply: Reply): ReplayProgress {
  return reply.problem === undefined ? (reply.value as ReplayProgress) : { problem: reply.problem };
}
