/** The group table over both sides. */

import type { Grouping } from "#lib/flows/dimension.ts";
import type { GroupAbout, GroupRow, GroupTable } from "#lib/questions/answer.ts";
import { compareGroupRows } from "#lib/questions/group-order.ts";
import type { GroupsQuestion } from "#lib/questions/question.ts";
import { windowBefore } from "#lib/questions/resolve-window.ts";
import type { Told } from "#lib/stores/told.ts";
import { EVERY_GROUP, type Key, keyText, lookUp } from "./look-up.ts";
import { everBefore, isFrom, keysOf } from "./new-values.ts";
import { partAfter, partBefore, plus, plusBuckets, plusCounts, plusReasons, type Sides } from "./sides.ts";

type Rows = ReadonlyMap<string, GroupRow>;

/**
 * Groups that the feeds show after the boundary are touched, the others are history's alone. History is asked for so many rows more as are
 * touched: then it names every untouched one that the page can hold. Touched ones it did not name are looked up.
 */
export async function joinGroups(sides: Sides, question: GroupsQuestion): Promise<Told<GroupTable>> {
  const { history, recent, at, gone } = sides;
  const { window, by, offset, limit, order, descending } = question;
  const seenWindow = partBefore(window, at);
  const whole = { ...question, ...EVERY_GROUP, sparkPoints: question.sparkPoints };
  const [all, seen] = await Promise.all([
    recent.groups(whole, gone),
    seenWindow && recent.groups({ ...whole, window: seenWindow, sparkPoints: 0 }, gone),
  ]);
  if (all.problem !== undefined) return all;
  if (seen?.problem !== undefined) return seen;
  const touched = all.answer.rows.filter((row) => isFrom(row.lastSeen, at));
  const top = await history.groups({ ...question, offset: 0, limit: offset + limit + touched.length }, gone);
  if (top.problem !== undefined) return top;

  const named = byKey(top.answer.rows);
  const isWhole = top.answer.rows.length >= top.answer.total;
  const unnamed = isWhole ? [] : touched.filter(({ key }) => !named.has(keyText(key)));
  const found = await lookUp(sides, question, by, keysOf(unnamed), seenWindow);
  if (found.problem !== undefined) return found;
  const historyRow = (key: Key): GroupRow | undefined => named.get(keyText(key)) ?? found.answer.get(keyText(key));

  const absent = touched.filter(({ key }) => historyRow(key) === undefined);
  const past = await pastOf(sides, question, absent);
  if (past.problem !== undefined) return past;
  const seenRows = byKey(seen?.answer.rows ?? []);
  const slices = all.answer.rows.find(({ spark }) => spark.length > 0)?.spark.length ?? 0;
  const merged = touched.map((row): GroupRow => {
    const key = keyText(row.key);
    const before = historyRow(row.key);
    return before === undefined ? past.answer.rowOf(added(row, seenRows.get(key), slices)) : grown(before, row, seenRows.get(key));
  });

  const isTouched = new Set(touched.map(({ key }) => keyText(key)));
  const untouched = top.answer.rows.filter(({ key }) => !isTouched.has(keyText(key)));
  const page = (rows: readonly GroupRow[]): GroupRow[] =>
    [...untouched, ...rows].sort((a, b) => compareGroupRows(a, b, order, descending)).slice(offset, offset + limit);
  const needed = order === "pods" || order === "addresses" ? merged : page(merged);
  const counted = await withDistinct(
    sides,
    question,
    needed.filter((row) => isTouched.has(keyText(row.key)) && historyRow(row.key) !== undefined),
  );
  if (counted.problem !== undefined) return counted;
  return {
    answer: {
      by,
      rows: page(merged.map((row) => counted.answer.get(keyText(row.key)) ?? row)),
      total: top.answer.total + absent.length,
      totals: plusCounts(top.answer.totals, all.answer.totals, seen?.answer.totals),
    },
  };
}

function byKey(rows: readonly GroupRow[]): Rows {
  return new Map(rows.map((row) => [keyText(row.key), row]));
}

/** A row that history has, with what the feeds add. Senders and addresses are counted later, where they are shown. */
function grown(before: GroupRow, all: GroupRow, seen: GroupRow | undefined): GroupRow {
  return {
    ...before,
    ...plusCounts(before, all, seen),
    reasons: plusReasons(before.reasons, all.reasons, seen?.reasons),
    lastSeen: all.lastSeen,
    spark: plusBuckets(before.spark, all.spark, seen?.attempts ?? 0),
    about: aboutOf(before.about, all.about),
  };
}

/** A row that history does not have, as the feeds show it from the boundary on. */
function added(all: GroupRow, seen: GroupRow | undefined, slices: number): GroupRow {
  if (seen === undefined) return all;
  const none = Array.from({ length: slices }, () => 0);
  const counts = plusCounts({ attempts: 0, packets: 0 }, all, seen);
  return { ...all, ...counts, reasons: plusReasons({}, all.reasons, seen.reasons), spark: plusBuckets(none, all.spark, seen.attempts) };
}

/** The newest flow of the group is the feeds'; protocols are a list of all. */
function aboutOf(before: GroupAbout, all: GroupAbout): GroupAbout {
  if (all.protocols === undefined) return all;
  return { ...all, protocols: [...new Set([...(before.protocols ?? []), ...all.protocols])].sort() };
}

interface Past {
  rowOf(row: GroupRow): GroupRow;
}

/** What is known from before the window of groups that history does not have in it. */
async function pastOf(sides: Sides, question: GroupsQuestion, rows: readonly GroupRow[]): Promise<Told<Past>> {
  const { recent, at, gone, oldest } = sides;
  const { window, by } = question;
  const earlier = windowBefore(window);
  const isOver = rows.length > 0 && partAfter(earlier, at) !== undefined;
  const seenWindow = partBefore(earlier, at);
  const whole = { ...question, ...EVERY_GROUP };
  const [ever, before, all, seen, status] = await Promise.all([
    everBefore(sides, question, by, rows),
    lookUp(sides, question, by, keysOf(rows), oldest !== undefined && oldest < window.from ? partBefore(earlier, at) : undefined),
    isOver ? recent.groups({ ...whole, window: earlier }, gone) : undefined,
    isOver && seenWindow !== undefined ? recent.groups({ ...whole, window: seenWindow }, gone) : undefined,
    recent.status(gone),
  ]);
  if (ever.problem !== undefined) return ever;
  if (before.problem !== undefined) return before;
  if (all?.problem !== undefined) return all;
  if (seen?.problem !== undefined) return seen;
  const own = status.answer?.span?.oldest;
  const reachesBack = (oldest !== undefined && oldest < window.from) || (own !== undefined && !isFrom(own, window.from));
  const [allRows, seenRows] = [byKey(all?.answer.rows ?? []), byKey(seen?.answer.rows ?? [])];
  return {
    answer: {
      rowOf: (row) => {
        const key = keyText(row.key);
        const first = ever.answer.get(key);
        const past = before.answer.get(key)?.attempts ?? 0;
        return {
          ...row,
          firstStored: first ?? row.firstStored,
          isNew: reachesBack && first === undefined,
          attemptsBefore: reachesBack ? plus(past, allRows.get(key)?.attempts ?? 0, seenRows.get(key)?.attempts) : undefined,
        };
      },
    },
  };
}

/** Senders and addresses of rows that both sides have: those of history, and those that the feeds alone know. By `keyText`. */
async function withDistinct(sides: Sides, question: GroupsQuestion, rows: readonly GroupRow[]): Promise<Told<Rows>> {
  if (rows.length === 0) return { answer: new Map() };
  const [pods, addresses] = await Promise.all([addedValues(sides, question, rows, "pod"), addedValues(sides, question, rows, "ip")]);
  if (pods.problem !== undefined) return pods;
  if (addresses.problem !== undefined) return addresses;
  const more = rows.map((row): GroupRow => {
    const key = keyText(row.key);
    return { ...row, pods: row.pods + (pods.answer.get(key) ?? 0), addresses: row.addresses + (addresses.answer.get(key) ?? 0) };
  });
  return { answer: byKey(more) };
}

/** How many values of a dimension the feeds show of each group that history does not. */
async function addedValues(
  sides: Sides,
  question: GroupsQuestion,
  rows: readonly GroupRow[],
  dimension: Grouping,
): Promise<Told<ReadonlyMap<string, number>>> {
  const { recent, at, gone } = sides;
  const by = [...question.by, dimension];
  const told = await recent.groups({ ...question, by, ...EVERY_GROUP }, gone);
  if (told.problem !== undefined) return told;
  const wanted = new Set(rows.map(({ key }) => keyText(key)));
  const pairs = told.answer.rows.filter(
    ({ key, firstSeen }) => key.at(-1) !== null && isFrom(firstSeen, at) && wanted.has(keyText(key.slice(0, -1))),
  );
  const known = await lookUp(sides, question, by, keysOf(pairs), partBefore(question.window, at));
  if (known.problem !== undefined) return known;
  const counts = new Map<string, number>();
  for (const { key } of pairs) {
    const group = keyText(key.slice(0, -1));
    if (!known.answer.has(keyText(key))) counts.set(group, (counts.get(group) ?? 0) + 1);
  }
  return { answer: counts };
}
