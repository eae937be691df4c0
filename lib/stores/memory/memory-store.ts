/** A store without a database: the reference answers over flows held in memory. For tests, and to try the product before anything is stored. */

import { lineOf, utf8Of } from "#lib/decode/line-text.ts";
import type { FlowSink } from "#lib/flows/batch.ts";
import { formatTime } from "#lib/flows/flow-time.ts";
import type { Answer, Coverage, FeedReport, NodeReport, Problem } from "#lib/questions/answer.ts";
import { notFound } from "#lib/questions/problems.ts";
import type { Question } from "#lib/questions/question.ts";
import { groupBy } from "#lib/questions/reference-count.ts";
import { facetsOf } from "#lib/questions/reference-facets.ts";
import { flowDetailOf, flowsOf, nearestOf } from "#lib/questions/reference-flows.ts";
import { groupsOf } from "#lib/questions/reference-groups.ts";
import { byTimeAndId, compareText, type StoredFlow } from "#lib/questions/reference-select.ts";
import { summaryOf } from "#lib/questions/reference-summary.ts";
import { timelineOf } from "#lib/questions/reference-timeline.ts";
import { isoWindow } from "#lib/questions/resolve-window.ts";
import type { ResolvedWindow } from "#lib/questions/window.ts";
import type { Scannable } from "#lib/stores/flow-scan.ts";
import type { FlowStore } from "#lib/stores/flow-store.ts";
import { createMemoryLog, type MemoryLog } from "./memory-log.ts";
import { scanOf } from "./scan-of.ts";

export interface MemoryStoreOptions {
  /** Milliseconds since 1970; what an empty store calls the last 24 h. */
  readonly now: () => number;
  readonly name?: string;
  readonly feeds?: () => readonly FeedReport[];
  readonly demo?: { readonly seed: number };
}

const DAY = 86_400_000;
const NS_PER_MS = 1_000_000n;

type Told<T> = { readonly answer: T } | { readonly problem: Problem };

export function createMemoryStore(options: MemoryStoreOptions): FlowStore & FlowSink & Scannable {
  const log = createMemoryLog();
  const coverage = (window: ResolvedWindow): Coverage => coverageOf(log, options, window);

  const answer = async <T>(question: Question, told: Told<T>, truncated?: Coverage["truncated"]): Promise<Answer<T>> =>
    "problem" in told ? { problem: told.problem } : { answer: told.answer, coverage: { ...coverage(question.window), truncated } };

  return {
    name: options.name ?? "memory",
    append: async (batch) => log.append(batch),
    position: async (feed) => log.position(feed),
    feeds: async () => log.feeds(),
    status: async () => {
      const whole = coverage(wholeWindow(log, options.now()));
      return { answer: whole, coverage: whole };
    },
    summary: async (question) => answer(question, summaryOf(log.corpus, question)),
    groups: async (question) => {
      const told = groupsOf(log.corpus, question);
      if ("problem" in told) return told;
      const shown = told.answer.rows.length;
      const { total } = told.answer;
      return answer(question, told, question.offset + shown < total ? { shown: question.offset + shown, total } : undefined);
    },
    timeline: async (question) => answer(question, timelineOf(log.corpus, question)),
    facets: async (question) => answer(question, facetsOf(log.corpus, question)),
    flows: async (question) => answer(question, flowsOf(log.corpus, question)),
    flow: async (id) => {
      const found = log.find(id);
      if (found === undefined) return { problem: notFound(id) };
      const sibling = found.sibling && { id: found.sibling.id, line: utf8Of(lineOf(found.sibling.flow.parts)) };
      const detail = flowDetailOf(log.corpus, found.shown, utf8Of(lineOf(found.own.parts)), sibling);
      return { answer: detail, coverage: coverage(wholeWindow(log, options.now())) };
    },
    coverage: async (question) => answer(question, { answer: { nodes: nodesOf(log), samples: log.samples, agentWords: log.agentWords } }),
    nearest: async (question) => answer(question, nearestOf(log.corpus, question)),
    scan: async (window) => scanOf(log, window),
    close: async () => {},
  };
}

function spanOf(log: MemoryLog): Coverage["span"] {
  const { oldest } = log.corpus;
  const { newest } = log;
  return oldest === undefined || newest === undefined ? undefined : { oldest: formatTime(oldest), newest: formatTime(newest) };
}

/** From the first flow held to the last, else the last 24 h. */
function wholeWindow(log: MemoryLog, nowMs: number): ResolvedWindow {
  const { oldest } = log.corpus;
  const { newest } = log;
  if (oldest === undefined || newest === undefined) return { from: nowMs - DAY, to: nowMs };
  return { from: Number(oldest / NS_PER_MS), to: Number(newest / NS_PER_MS) + 1 };
}

function coverageOf(log: MemoryLog, options: MemoryStoreOptions, window: ResolvedWindow): Coverage {
  return {
    store: options.name ?? "memory",
    window: isoWindow(window),
    span: spanOf(log),
    lines: log.lines,
    lost: log.lost,
    feeds: options.feeds?.() ?? [],
    nodes: nodesOf(log).length,
    demo: options.demo,
    truncated: undefined,
  };
}

/** Every node any stored flow came from. */
function nodesOf(log: MemoryLog): NodeReport[] {
  return [...groupBy(log.corpus.flows, (flow) => flow.node)]
    .filter(([node]) => node !== "")
    .map(([node, flows]) => {
      const sorted = flows.toSorted(byTimeAndId);
      const timeOf = (stored: StoredFlow | undefined): string => (stored ? formatTime(stored.flow.time) : "");
      return { node, newest: timeOf(sorted.at(-1)), oldest: timeOf(sorted[0]), flows: flows.length };
    })
    .sort((a, b) => compareText(a.node, b.node));
}
