/** The timeline over both sides. */

import { msOfTime, parseTime } from "#lib/flows/flow-time.ts";
import { REASONS } from "#lib/flows/reason.ts";
import type { GroupTable, Timeline, TimelineSeries } from "#lib/questions/answer.ts";
import type { TimelineQuestion } from "#lib/questions/question.ts";
import { MOST_FRESH, MOST_SERIES, OTHER_GROUPS } from "#lib/questions/reference-timeline.ts";
import { windowBefore } from "#lib/questions/resolve-window.ts";
import type { FlowStore } from "#lib/stores/flow-store.ts";
import type { Told } from "#lib/stores/told.ts";
import { joinGroups } from "./join-groups.ts";
import { MOST_GROUPS, narrowedTo } from "./look-up.ts";
import { newValues } from "./new-values.ts";
import { partAfter, partBefore, plusBuckets, type Sides } from "./sides.ts";

/** "Other groups" adds up groups: an attempt that reached two of them counts under both. */
export async function joinTimeline(sides: Sides, question: TimelineQuestion): Promise<Told<Timeline>> {
  const { history, gone } = sides;
  const old = await history.timeline(question, gone);
  if (old.problem !== undefined) return old;
  const [series, before, fresh] = await Promise.all([
    question.split === "reason" ? reasonSeries(sides, question, old.answer) : groupSeries(sides, question, old.answer),
    beforeOf(sides, question, old.answer),
    freshOf(sides, question, old.answer),
  ]);
  if (series.problem !== undefined) return series;
  if (before.problem !== undefined) return before;
  if (fresh.problem !== undefined) return fresh;
  const { start, width, count } = old.answer;
  return { answer: { start, width, count, series: series.answer, before: before.answer, fresh: fresh.answer } };
}

async function reasonSeries(sides: Sides, question: TimelineQuestion, old: Timeline): Promise<Told<readonly TimelineSeries[]>> {
  const { recent, at, gone } = sides;
  const seenWindow = partBefore(question.window, at);
  const [all, seen] = await Promise.all([
    recent.timeline(question, gone),
    seenWindow && recent.summary({ ...question, window: seenWindow }, gone),
  ]);
  if (all.problem !== undefined) return all;
  if (seen?.problem !== undefined) return seen;
  const [before, after] = [valuesByName(old.series), valuesByName(all.answer.series)];
  return {
    answer: REASONS.filter((reason) => before.has(reason) || after.has(reason))
      .map((reason) => ({
        name: reason,
        values: plusBuckets(before.get(reason) ?? [], after.get(reason) ?? [], seen?.answer.reasons[reason] ?? 0),
      }))
      .filter(({ values }) => values.some((value) => value > 0)),
  };
}

async function groupSeries(sides: Sides, question: TimelineQuestion, old: Timeline): Promise<Told<readonly TimelineSeries[]>> {
  const { history, recent, at, gone } = sides;
  const largest = await groupsBy(sides, question, "group", MOST_SERIES);
  if (largest.problem !== undefined) return largest;
  const names = largest.answer.rows.map(({ key }) => key[0] ?? "");
  const seenWindow = partBefore(question.window, at);
  const byGroup = {
    ...question,
    by: ["group"],
    order: "attempts",
    descending: true,
    offset: 0,
    limit: MOST_GROUPS,
    sparkPoints: 0,
  } as const;
  const [all, seen] = await Promise.all([
    recent.timeline(question, gone),
    seenWindow && recent.groups({ ...byGroup, window: seenWindow }, gone),
  ]);
  if (all.problem !== undefined) return all;
  if (seen?.problem !== undefined) return seen;
  const [before, after] = await Promise.all([
    splitBy(history, question, old, names, gone),
    splitBy(recent, question, all.answer, names, gone),
  ]);
  if (before.problem !== undefined) return before;
  if (after.problem !== undefined) return after;
  const seenOf = new Map(seen?.answer.rows.map(({ key, attempts }) => [key[0] ?? "", attempts]));
  const seenElsewhere = [...seenOf].filter(([name]) => !names.includes(name)).reduce((sum, [, attempts]) => sum + attempts, 0);
  const series = names.map((name) => ({
    name,
    values: plusBuckets(before.answer.named.get(name) ?? [], after.answer.named.get(name) ?? [], seenOf.get(name) ?? 0),
  }));
  const others = plusBuckets(before.answer.others, after.answer.others, seenElsewhere);
  return { answer: others.some((value) => value > 0) ? [...series, { name: OTHER_GROUPS, values: others }] : series };
}

interface Split {
  readonly named: ReadonlyMap<string, readonly number[]>;
  readonly others: readonly number[];
}

/** The timeline of one side by other groups than its own largest: those that hide among its others are asked for one by one. */
async function splitBy(
  store: FlowStore,
  question: TimelineQuestion,
  whole: Timeline,
  names: readonly string[],
  gone: AbortSignal | undefined,
): Promise<Told<Split>> {
  const named = new Map(whole.series.map(({ name, values }) => [name, values]));
  const hidden = named.has(OTHER_GROUPS) ? names.filter((name) => !named.has(name)) : [];
  const asked = await Promise.all(
    hidden.map((name) => store.timeline({ ...question, filter: narrowedTo(question.filter, "group", [name]) }, gone)),
  );
  const found: [string, readonly number[]][] = [];
  for (const [index, told] of asked.entries()) {
    if (told.problem !== undefined) return told;
    const name = hidden[index] ?? "";
    found.push([name, told.answer.series.find((one) => one.name === name)?.values ?? []]);
  }
  const elsewhere = [...named].filter(([name]) => !names.includes(name)).map(([, values]) => values);
  const taken = sumOf(
    whole.count,
    found.map(([, values]) => values),
  );
  const others = sumOf(whole.count, elsewhere).map((sum, index) => Math.max(0, sum - (taken[index] ?? 0)));
  return { answer: { named: new Map([...named, ...found]), others } };
}

function groupsBy(sides: Sides, question: TimelineQuestion, by: "group" | "workload", limit: number): Promise<Told<GroupTable>> {
  const { window, filter, text } = question;
  return joinGroups(sides, { window, filter, text, by: [by], order: "attempts", descending: true, offset: 0, limit, sparkPoints: 0 });
}

/** Buckets of the window before; the feeds add to it only where it reaches over the boundary. */
async function beforeOf(
  { recent, at, gone }: Sides,
  question: TimelineQuestion,
  old: Timeline,
): Promise<Told<readonly number[] | undefined>> {
  const window = windowBefore(question.window);
  if (partAfter(window, at) === undefined) return { answer: old.before };
  const seenWindow = partBefore(window, at);
  const [all, seen] = await Promise.all([
    recent.timeline(question, gone),
    seenWindow && recent.summary({ ...question, window: seenWindow }, gone),
  ]);
  if (all.problem !== undefined) return all;
  if (seen?.problem !== undefined) return seen;
  const added = all.answer.before;
  if (added === undefined) return { answer: old.before };
  return { answer: plusBuckets(old.before ?? added.map(() => 0), added, seen?.answer.attempts ?? 0) };
}

/** History's own, unless the feeds add a new one or make one larger: then all are counted again. */
async function freshOf(sides: Sides, question: TimelineQuestion, old: Timeline): Promise<Told<Timeline["fresh"]>> {
  const added = await newValues(sides, question, "workload");
  if (added.problem !== undefined) return added;
  if (old.fresh.length < 2 && !added.answer.some(({ isFresh }) => isFresh)) return { answer: old.fresh };
  const told = await groupsBy(sides, question, "workload", 5_000);
  if (told.problem !== undefined) return told;
  const fresh = told.answer.rows
    .filter(({ key, isNew }) => isNew && key[0] !== null)
    .map(({ key, firstSeen }) => ({ workload: key[0] ?? "", at: msOfTime(parseTime(firstSeen) ?? 0n) }));
  return { answer: fresh.slice(0, MOST_FRESH) };
}

function valuesByName(series: readonly TimelineSeries[]): ReadonlyMap<string, readonly number[]> {
  return new Map(series.map(({ name, values }) => [name, values]));
}

function sumOf(count: number, lists: readonly (readonly number[])[]): number[] {
  return Array.from({ length: count }, (_, index) => lists.reduce((sum, list) => sum + (list[index] ?? 0), 0));
}
