/** Single flows: pages of them, one in detail, and the one nearest to a window. */
import { formatTime } from "#lib/flows/flow-time.ts";
import type { FlowDetail, FlowPage, Problem } from "./answer.ts";
import { cursorText, type FlowCursor, flowRowOf, readCursor } from "./flow-row.ts";
import type { FlowsQuestion, Question } from "./question.ts";
import { type Corpus, cutCorpus } from "./reference-corpus.ts";
import { byTimeAndId, compareText, type StoredFlow } from "./reference-select.ts";
import { scopeOf } from "./scope.ts";

/** Packets of an attempt that a detail lists. */
export const MOST_PACKETS = 100;

export function flowsOf(corpus: Corpus, question: FlowsQuestion): { readonly answer: FlowPage } | { readonly problem: Problem } {
  const { window, filter, text, newestFirst, limit } = question;
  const cut = cutCorpus(corpus, window, filter, scopeOf(filter), text);
  if (cut.problem) return { problem: cut.problem };
  const cursor = question.after === undefined ? undefined : readCursor(question.after);
  if (question.after !== undefined && cursor === undefined) return { problem: BAD_CURSOR };
  const ordered = newestFirst ? cut.now.toReversed() : cut.now;
  const left = cursor === undefined ? ordered : ordered.filter((stored) => comesAfter(stored, cursor, newestFirst));
  const rows = left.slice(0, limit).map(({ id, flow }) => flowRowOf(id, flow));
  const last = rows.at(-1);
  return { answer: { rows, next: last !== undefined && left.length > rows.length ? cursorText(last) : undefined } };
}

/** Lines come from the store, which knows how it keeps them. `sibling`: the other record of the same packet. */
export function flowDetailOf(
  corpus: Corpus,
  stored: StoredFlow,
  line: string,
  sibling: { readonly id: string; readonly line: string } | undefined,
): FlowDetail {
  const { id, flow } = stored;
  const packets = corpus.flows.filter((other) => other.attempt === stored.attempt).sort(byTimeAndId);
  return {
    row: flowRowOf(id, flow),
    sourceLabels: flow.source.labels,
    destinationLabels: flow.destination.labels,
    deniedBy: flow.deniedBy.map(({ name, namespace, kind }) => ({ name, namespace, kind })),
    policyLog: flow.policyLog,
    line,
    sibling,
    attempt: packets.slice(0, MOST_PACKETS).map((one) => ({ id: one.id, time: formatTime(one.flow.time), packets: one.flow.packets })),
  };
}

/** Inside the window the newest; else whichever lies closest to one of its ends, the later of two equally close. */
export function nearestOf(
  corpus: Corpus,
  question: Question,
): { readonly answer: { readonly time: string } | undefined } | { readonly problem: Problem } {
  const cut = cutCorpus(corpus, question.window, question.filter, scopeOf(question.filter), question.text);
  if (cut.problem) return { problem: cut.problem };
  const from = BigInt(question.window.from) * 1_000_000n;
  const to = BigInt(question.window.to) * 1_000_000n;
  const distance = ({ flow }: StoredFlow): bigint => (flow.time < from ? from - flow.time : flow.time >= to ? flow.time - to + 1n : 0n);
  let nearest: StoredFlow | undefined;
  for (const stored of cut.ever) if (nearest === undefined || distance(stored) <= distance(nearest)) nearest = stored;
  return { answer: nearest && { time: formatTime(nearest.flow.time) } };
}

export const BAD_CURSOR: Problem = {
  kind: "bad-question",
  title: "This page mark cannot be read.",
  detail: "`after` is the time and id of the last row already shown, as the answer's `next` gives it.",
  next: "Start again from the first page.",
};

function comesAfter({ id, flow }: StoredFlow, cursor: FlowCursor, newestFirst: boolean): boolean {
  const order = flow.time === cursor.time ? compareText(id, cursor.id) : flow.time < cursor.time ? -1 : 1;
  return newestFirst ? order < 0 : order > 0;
}
