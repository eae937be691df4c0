/** The totals over both sides. */

import type { Counts, Summary } from "#lib/questions/answer.ts";
import type { Question } from "#lib/questions/question.ts";
import { windowBefore } from "#lib/questions/resolve-window.ts";
import type { Told } from "#lib/stores/told.ts";
import { newValues } from "./new-values.ts";
import { partAfter, partBefore, plus, plusCounts, plusReasons, type Sides } from "./sides.ts";

const NOTHING: Counts = { attempts: 0, packets: 0 };

export async function joinSummary(sides: Sides, question: Question): Promise<Told<Summary>> {
  const { history, recent, at, gone } = sides;
  const seenWindow = partBefore(question.window, at);
  const [old, all, seen, before, ...values] = await Promise.all([
    history.summary(question, gone),
    recent.summary(question, gone),
    seenWindow && recent.summary({ ...question, window: seenWindow }, gone),
    addedBefore(sides, question),
    newValues(sides, question, "workload"),
    newValues(sides, question, "pod"),
    newValues(sides, question, "group"),
    newValues(sides, question, "ip"),
  ]);
  if (old.problem !== undefined) return old;
  if (all.problem !== undefined) return all;
  if (seen?.problem !== undefined) return seen;
  if (before.problem !== undefined) return before;
  const lists: number[] = [];
  const fresh: number[] = [];
  for (const told of values) {
    if (told.problem !== undefined) return told;
    lists.push(told.answer.length);
    fresh.push(told.answer.filter(({ isFresh }) => isFresh).length);
  }
  const [h, a, s] = [old.answer, all.answer, seen?.answer];
  const reachesBack = h.before !== undefined || a.before !== undefined;
  const [workloads = 0, pods = 0, groups = 0, addresses = 0] = lists;
  const [freshWorkloads = 0, , freshGroups = 0] = fresh;
  return {
    answer: {
      ...plusCounts(h, a, s),
      senders: {
        workloads: h.senders.workloads + workloads,
        pods: h.senders.pods + pods,
        fresh: h.senders.fresh + (reachesBack ? freshWorkloads : 0),
      },
      destinations: {
        groups: h.destinations.groups + groups,
        addresses: h.destinations.addresses + addresses,
        fresh: h.destinations.fresh + (reachesBack ? freshGroups : 0),
      },
      reasons: plusReasons(h.reasons, a.reasons, s?.reasons),
      notCounted: {
        audit: plus(h.notCounted.audit, a.notCounted.audit, s?.notCounted.audit),
        other: plus(h.notCounted.other, a.notCounted.other, s?.notCounted.other),
      },
      before: reachesBack
        ? { ...plusCounts(h.before ?? NOTHING, before.answer, NOTHING), from: new Date(windowBefore(question.window).from).toISOString() }
        : undefined,
    },
  };
}

/** What the feeds add to the window before: something only where that reaches over the boundary. */
async function addedBefore({ recent, at, gone }: Sides, question: Question): Promise<Told<Counts>> {
  const window = windowBefore(question.window);
  if (partAfter(window, at) === undefined) return { answer: NOTHING };
  const seenWindow = partBefore(window, at);
  const [all, seen] = await Promise.all([
    recent.summary({ ...question, window }, gone),
    seenWindow && recent.summary({ ...question, window: seenWindow }, gone),
  ]);
  if (all.problem !== undefined) return all;
  if (seen?.problem !== undefined) return seen;
  return { answer: plusCounts(NOTHING, all.answer, seen?.answer) };
}
