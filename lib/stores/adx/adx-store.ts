/** The store over Azure Data Explorer. Flows come there by themselves (Fluent Bit); this side only asks. */

import type { TokenCredential } from "@azure/core-auth";
import type { Answer, Coverage, StoreCheck } from "#lib/questions/answer.ts";
import { isoWindow } from "#lib/questions/resolve-window.ts";
import type { ResolvedWindow } from "#lib/questions/window.ts";
import type { Scannable } from "#lib/stores/flow-scan.ts";
import type { HistoryStore } from "#lib/stores/history-store.ts";
import type { Told } from "#lib/stores/told.ts";
import { type AdxSettings, adxName } from "./adx-settings.ts";
import { arrivedIn } from "./answer-arrived.ts";
import { coverageOf } from "./answer-coverage.ts";
import { facetsOf } from "./answer-facets.ts";
import { flowOf } from "./answer-flow.ts";
import { flowsOf, nearestOf } from "./answer-flows.ts";
import { groupsOf } from "./answer-groups.ts";
import { summaryOf } from "./answer-summary.ts";
import { timelineOf } from "./answer-timeline.ts";
import type { Asking } from "./asking.ts";
import { diagnose } from "./diagnose.ts";
import { type HeldSpan, heldSpan, NOTHING_HELD, spanOf } from "./held-span.ts";
import { createKustoGateway } from "./kusto-gateway.ts";
import { scanLines } from "./scan-lines.ts";
import { createSeenTimes } from "./seen-times.ts";
import { unavailableOf } from "./unavailable.ts";

export interface AdxStoreOptions {
  readonly settings: AdxSettings;
  /** Undefined = without signing in. */
  readonly credential: TokenCredential | undefined;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

const DAY = 86_400_000;

export function createAdxStore({ settings, credential, now }: AdxStoreOptions): HistoryStore & Scannable {
  return adxStoreOver({ gateway: createKustoGateway(settings, credential), settings, now }, adxName(settings));
}

/** The store closes the gateway. */
export function adxStoreOver(asking: Asking, name: string): HistoryStore & Scannable {
  const { now } = asking;
  const unavailable = unavailableOf(asking.settings);
  const seen = createSeenTimes();

  const coverage = (
    window: ResolvedWindow,
    held: HeldSpan,
    checks: readonly StoreCheck[] = [],
    truncated?: Coverage["truncated"],
  ): Coverage => ({
    store: name,
    window: isoWindow(window),
    span: spanOf(held),
    lines: {
      total: held.records,
      flows: held.records,
      notices: 0,
      agent: 0,
      rejected: 0,
      rejectedBy: {},
      duplicates: held.records - held.distinct,
    },
    lost: {},
    feeds: [],
    nodes: held.nodes,
    demo: undefined,
    truncated,
    shipped: { checks },
    ...(Object.keys(unavailable).length > 0 && { unavailable }),
  });

  const withHeld = async <T>(
    window: ResolvedWindow | undefined,
    gone: AbortSignal | undefined,
    work: (asking: Asking, held: HeldSpan) => Promise<Told<T>>,
    truncatedBy?: (answer: T) => Coverage["truncated"],
  ): Promise<Answer<T>> => {
    const own = askingUntil(asking, gone);
    const told = await heldSpan(own);
    if (told.problem) return { problem: told.problem };
    const answered = await work(own, told.held);
    if (answered.problem !== undefined) return { problem: answered.problem };
    const { answer } = answered;
    const checks = told.held.records === 0 ? await diagnose(own) : [];
    return { answer, coverage: coverage(window ?? wholeWindow(told.held, now()), told.held, checks, truncatedBy?.(answer)) };
  };

  return {
    name,
    status: async (gone) => {
      const told = await heldSpan(askingUntil(asking, gone));
      if (told.problem) return { problem: told.problem };
      const whole = coverage(wholeWindow(told.held, now()), told.held);
      return { answer: whole, coverage: whole };
    },
    summary: (question, gone) => withHeld(question.window, gone, (own, held) => summaryOf(own, question, held)),
    groups: (question, gone) =>
      withHeld(
        question.window,
        gone,
        (own, held) => groupsOf(own, question, held),
        ({ rows, total }) => {
          const shown = question.offset + rows.length;
          return shown < total ? { shown, total } : undefined;
        },
      ),
    timeline: (question, gone) => withHeld(question.window, gone, (own, held) => timelineOf(own, question, held)),
    facets: (question, gone) => withHeld(question.window, gone, (own) => facetsOf(own, question)),
    flows: async (question, gone) => {
      const told = await withHeld(question.window, gone, (own) => flowsOf(own, question));
      seen.note(told.answer?.rows ?? []);
      return told;
    },
    flow: (id, gone) => withHeld(undefined, gone, (own) => flowOf(own, id, seen)),
    coverage: async (question, gone) => {
      const checks = await diagnose(askingUntil(asking, gone));
      const told = await withHeld(question.window, gone, coverageOf);
      // what is wrong is the answer here: it must not hide behind the problem it explains
      if (told.problem !== undefined)
        return { answer: { nodes: [], samples: [], agentWords: [], checks }, coverage: coverage(question.window, NOTHING_HELD) };
      return { ...told, answer: { ...told.answer, checks } };
    },
    nearest: (question, gone) => withHeld(question.window, gone, (own) => nearestOf(own, question)),
    scan: (window, gone) => scanLines(asking, window, gone),
    before: (ms) => ({ ...adxStoreOver({ ...asking, until: ms }, name), close: async () => undefined }),
    arrived: (window, sliceMs, gone) => withHeld(window, gone, (own) => arrivedIn(own, window, sliceMs)),
    close: async () => asking.gateway.close(),
  };
}

/** The same, asked for somebody who may leave. */
function askingUntil(asking: Asking, gone: AbortSignal | undefined): Asking {
  const { gateway } = asking;
  return gone === undefined ? asking : { ...asking, gateway: { ...gateway, ask: (query) => gateway.ask(query, gone) } };
}

/** From the first flow held to the last, else the last 24 h. */
function wholeWindow({ oldest, newest }: HeldSpan, nowMs: number): ResolvedWindow {
  if (oldest === undefined || newest === undefined) return { from: nowMs - DAY, to: nowMs };
  return { from: Number(oldest / 1_000_000n), to: Number(newest / 1_000_000n) + 1 };
}
