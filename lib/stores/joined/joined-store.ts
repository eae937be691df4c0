/** History that others fill and the newest flows that feeds of this machine bring, as one store. */

import type { FlowSink } from "#lib/flows/batch.ts";
import { msOfTime, parseTime } from "#lib/flows/flow-time.ts";
import type { Answer, Coverage, Problem } from "#lib/questions/answer.ts";
import { isoWindow } from "#lib/questions/resolve-window.ts";
import type { ResolvedWindow } from "#lib/questions/window.ts";
import type { Scannable } from "#lib/stores/flow-scan.ts";
import type { Filling, FlowStore, Forgetful } from "#lib/stores/flow-store.ts";
import type { HistoryStore } from "#lib/stores/history-store.ts";
import type { Told } from "#lib/stores/told.ts";
import { withoutPast } from "./alone.ts";
import { type BoundaryState, createBoundaryKeeper } from "./boundary-keeper.ts";
import { joinCoverage, joinDetails } from "./join-coverage.ts";
import { joinFacets } from "./join-facets.ts";
import { boundaryOfMark, joinFlow, joinFlows, joinNearest } from "./join-flows.ts";
import { joinGroups } from "./join-groups.ts";
import { joinScan } from "./join-scan.ts";
import { joinSummary } from "./join-summary.ts";
import { joinTimeline } from "./join-timeline.ts";
import { partAfter, type Sides } from "./sides.ts";

export interface JoinedStoreParts {
  /** Closed with the joined store, as the other one is. */
  readonly history: HistoryStore & Partial<Scannable>;
  /** What feeds bring goes here. */
  readonly recent: FlowStore & FlowSink & Partial<Forgetful & Scannable>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** How long the newest flows are kept here at least; what history lacks for longer is not filled. */
  readonly fillMs: number;
  readonly askEveryMs?: number;
}

const ASK_EVERY_MS = 5_000;

type Ask<T> = (store: FlowStore, gone: AbortSignal | undefined) => Promise<Answer<T>>;

export function createJoinedStore(parts: JoinedStoreParts): FlowStore & FlowSink & Filling & Partial<Forgetful & Scannable> {
  const { history, recent, now, fillMs, askEveryMs = ASK_EVERY_MS } = parts;
  const keeper = createBoundaryKeeper({ history, recent, now, fillMs, askEveryMs });

  const coverage = async (state: BoundaryState, alone: Problem | undefined, gone: AbortSignal | undefined): Promise<Told<Coverage>> => {
    const [old, own] = await Promise.all([alone === undefined ? history.status(gone) : undefined, recent.status(gone)]);
    if (own.problem !== undefined) return own;
    const failed = alone ?? old?.problem;
    return {
      answer: joinCoverage({
        name: history.name,
        old: failed === undefined ? old?.answer : undefined,
        own: own.answer,
        state,
        alone: failed,
      }),
    };
  };

  const sidesAt = async (at: number, gone: AbortSignal | undefined): Promise<Told<Sides>> => {
    const status = await history.status(gone);
    if (status.problem !== undefined) return status;
    const oldest = status.answer.span && parseTime(status.answer.span.oldest);
    return {
      answer: { history: history.before(at), recent, at, oldest: oldest === undefined ? undefined : msOfTime(oldest), gone },
    };
  };

  /** `alone` answers from the feeds where history cannot be asked: it must not look as if it knew the past. */
  const answer = async <T>(
    window: ResolvedWindow | undefined,
    gone: AbortSignal | undefined,
    how: {
      readonly join: (sides: Sides) => Promise<Told<T>>;
      readonly plain: Ask<T>;
      readonly alone?: (answer: T) => T;
      readonly at?: number | undefined;
      /** The answer does not lie in the window. */
      readonly isAnywhere?: boolean;
    },
    truncatedBy?: (answer: T) => Coverage["truncated"],
  ): Promise<Answer<T>> => {
    const state = await keeper.current();
    const at = how.at ?? state.at;
    let told: Told<T>;
    if (state.alone !== undefined) told = { problem: state.alone };
    else if (how.isAnywhere !== true && window !== undefined && partAfter(window, at) === undefined) told = await how.plain(history, gone);
    else {
      const sides = await sidesAt(at, gone);
      told = sides.problem === undefined ? await how.join(sides.answer) : sides;
    }
    const alone = told.problem !== undefined && isBroken(told.problem) ? told.problem : undefined;
    if (alone !== undefined && gone?.aborted !== true) {
      if (state.alone === undefined && isDown(alone)) keeper.broke(alone);
      const own = await how.plain(recent, gone);
      told = own.problem !== undefined ? { problem: alone } : { answer: how.alone === undefined ? own.answer : how.alone(own.answer) };
    }
    if (told.problem !== undefined) return { problem: told.problem };
    const covered = await coverage(state, alone, gone);
    if (covered.problem !== undefined) return covered;
    const whole = covered.answer;
    const shown = window === undefined ? whole.window : isoWindow(window);
    return { answer: told.answer, coverage: { ...whole, window: shown, truncated: truncatedBy?.(told.answer) } };
  };

  return {
    name: `${history.name}, and feeds of this machine`,
    append: async (batch) => {
      const result = await recent.append(batch);
      keeper.noted(batch);
      return result;
    },
    position: (feed) => recent.position(feed),
    ...(recent.feeds !== undefined && { feeds: recent.feeds }),
    status: async (gone) => {
      const state = await keeper.current();
      const told = await coverage(state, state.alone, gone);
      return told.problem !== undefined ? told : { answer: told.answer, coverage: told.answer };
    },
    summary: (question, gone) =>
      answer(question.window, gone, {
        join: (sides) => joinSummary(sides, question),
        plain: (store, left) => store.summary(question, left),
        alone: withoutPast.summary,
      }),
    groups: (question, gone) =>
      answer(
        question.window,
        gone,
        { join: (sides) => joinGroups(sides, question), plain: (store, left) => store.groups(question, left), alone: withoutPast.groups },
        ({ rows, total }) => {
          const shown = question.offset + rows.length;
          return shown < total ? { shown, total } : undefined;
        },
      ),
    timeline: (question, gone) =>
      answer(question.window, gone, {
        join: (sides) => joinTimeline(sides, question),
        plain: (store, left) => store.timeline(question, left),
        alone: withoutPast.timeline,
      }),
    facets: (question, gone) =>
      answer(question.window, gone, { join: (sides) => joinFacets(sides, question), plain: (store, left) => store.facets(question, left) }),
    flows: (question, gone) => {
      const mark = boundaryOfMark(question.after);
      return answer(question.window, gone, {
        join: (sides) => joinFlows(sides, question),
        plain: (store, left) => store.flows({ ...question, after: question.after?.replace(/^\d+~/, "") }, left),
        // what was forgotten here since is history's by now
        at: mark !== undefined && mark >= now() - fillMs ? mark : undefined,
      });
    },
    flow: (id, gone) =>
      answer(undefined, gone, { join: (sides) => joinFlow(sides, history, id), plain: (store, left) => store.flow(id, left) }),
    coverage: async (question, gone) => {
      const state = await keeper.current();
      const [own, old] = await Promise.all([recent.coverage(question, gone), history.coverage(question, gone)]);
      if (own.problem !== undefined) return own;
      const covered = await coverage(state, state.alone ?? old.problem, gone);
      if (covered.problem !== undefined) return covered;
      return { answer: joinDetails(old.answer, own.answer, state), coverage: { ...covered.answer, window: isoWindow(question.window) } };
    },
    filledSince: () => {
      const since = keeper.since();
      return since === undefined ? "" : new Date(since).toISOString();
    },
    nearest: (question, gone) =>
      answer(question.window, gone, {
        join: (sides) => joinNearest(sides, question),
        plain: (store, left) => store.nearest(question, left),
        isAnywhere: true,
      }),
    ...(isScannable(history) &&
      isScannable(recent) && {
        scan: async (window: ResolvedWindow, gone?: AbortSignal) => {
          const { at, alone } = await keeper.current();
          return joinScan({ history: alone === undefined ? history : undefined, recent, at }, window, gone);
        },
      }),
    ...(recent.forgetBefore !== undefined && { forgetBefore: recent.forgetBefore }),
    ...(recent.forgetOldest !== undefined && { forgetOldest: recent.forgetOldest }),
    ...(recent.size !== undefined && { size: recent.size }),
    close: async () => {
      await recent.close();
      await history.close();
    },
  };
}

function isScannable<S extends Partial<Scannable>>(store: S): store is S & Scannable {
  return store.scan !== undefined;
}

/** A problem of the question is one for both sides; any other is history's own. */
function isBroken({ kind }: Problem): boolean {
  return kind !== "bad-question" && kind !== "not-found";
}

/** Other questions would fail as well. */
function isDown({ kind }: Problem): boolean {
  return kind === "unavailable" || kind === "timeout";
}
