/** The timeline of a question. */

import { REASONS } from "#lib/flows/reason.ts";
import type { Timeline, TimelineSeries } from "#lib/questions/answer.ts";
import { type Buckets, bucketAt, bucketsOf } from "#lib/questions/bucket-width.ts";
import type { TimelineQuestion } from "#lib/questions/question.ts";
import { MOST_FRESH, MOST_SERIES, OTHER_GROUPS } from "#lib/questions/reference-timeline.ts";
import type { Told } from "#lib/stores/told.ts";
import { select } from "./database.ts";
import { eachAttempt } from "./group-rows.ts";
import { type Grouped, groupSlice, type Reader } from "./grouped.ts";
import { pointsOf } from "./mirror-points.ts";
import type { Slice } from "./slice.ts";
import type { Cut, Snapshot } from "./slices.ts";

const NS_PER_MS = 1_000_000n;

export async function answerTimeline(snapshot: Snapshot, question: TimelineQuestion): Promise<Told<Timeline>> {
  const cut = await snapshot.cut(question);
  if (cut.problem) return cut;
  const { reader } = snapshot;
  const { window } = question;
  const buckets = bucketsOf(window, question.buckets);
  const before = await cut.before();
  const shifted = { ...buckets, start: buckets.start - (window.to - window.from) };
  return {
    answer: {
      ...buckets,
      series: question.split === "reason" ? await byReason(reader, cut.now, buckets) : await byGroup(reader, cut.now, buckets),
      before: before && (await bucketsPer(reader, before, shifted, undefined, () => 0, 1))[0],
      fresh: await freshSenders(snapshot, cut),
    },
  };
}

/** In the fixed order of reasons. */
async function byReason(reader: Reader, slice: Slice, buckets: Buckets): Promise<TimelineSeries[]> {
  const view = reader.views.viewOf("reason");
  const grouped = await groupSlice(reader, slice, ["reason"]);
  const present = new Set(Array.from({ length: grouped.size }, (_, group) => grouped.textsAt(group)[0] ?? ""));
  const names = REASONS.filter((reason) => present.has(reason));
  const series = new Map<string, number>(names.map((name, index) => [name, index]));
  const seriesOf = (code: number): number => series.get(view.textOf(code)) ?? -1;
  const values = await bucketsPer(reader, slice, buckets, "reason", seriesOf, names.length);
  return names.map((name, index) => ({ name, values: values[index] ?? [] }));
}

/** Largest first, ties by name; all beyond share one series. */
async function byGroup(reader: Reader, slice: Slice, buckets: Buckets): Promise<TimelineSeries[]> {
  const grouped = await groupSlice(reader, slice, ["group"]);
  const groups = Array.from({ length: grouped.size }, (_, group) => ({
    code: grouped.codesAt(group)[0] ?? 0,
    name: grouped.textsAt(group)[0] ?? "",
    attempts: grouped.attemptsAt(group),
  })).sort((a, b) => b.attempts - a.attempts || (a.name < b.name ? -1 : 1));
  const series = new Map(groups.map(({ code }, index) => [code, Math.min(index, MOST_SERIES)]));
  const names = groups.slice(0, MOST_SERIES).map(({ name }) => name);
  if (groups.length > MOST_SERIES) names.push(OTHER_GROUPS);
  const values = await bucketsPer(reader, slice, buckets, "group", (code) => series.get(code) ?? MOST_SERIES, names.length);
  return names.map((name, index) => ({ name, values: values[index] ?? [] }));
}

/** Each attempt once per series, in the bucket of its first flow there. */
async function bucketsPer(
  reader: Reader,
  slice: Slice,
  buckets: Buckets,
  split: "reason" | "group" | undefined,
  seriesOf: (code: number) => number,
  count: number,
): Promise<number[][]> {
  const values = Array.from({ length: count }, () => Array.from({ length: buckets.count }, () => 0));
  const start = BigInt(buckets.start) * NS_PER_MS;
  const width = BigInt(buckets.width) * NS_PER_MS;
  const view = split && reader.views.viewOf(split);
  const add = (series: number, bucket: number, attempts: number): void => {
    const line = values[series];
    if (line) line[bucket] = (line[bucket] ?? 0) + attempts;
  };
  const { parts, plain } = slice;
  if (plain?.is === "sql") {
    const column = view ? `s."${view.column}"` : "0";
    const found = await select(
      reader.connection,
      `SELECT ${column}::INTEGER, ((s.first - $start) // $width)::INTEGER, count(*)::DOUBLE FROM sessions s
       WHERE ${plain.sql} AND s.kind = 0 GROUP BY ALL`,
      { ...plain.values, start, width },
    );
    const [key, bucket, attempts] = [found.ints(0), found.ints(1), found.floats(2)];
    for (let row = 0; row < found.count; row++)
      add(view ? seriesOf(view.codeOfColumn(key[row] ?? 0)) : 0, bucket[row] ?? 0, attempts[row] ?? 0);
  }
  if (plain?.is === "mirror") {
    const points = pointsOf(plain, buckets, view, seriesOf, count);
    for (let series = 0; series < count; series++)
      for (let bucket = 0; bucket < buckets.count; bucket++) add(series, bucket, points[series * buckets.count + bucket] ?? 0);
  }
  eachAttempt(
    parts,
    (row) => (view ? seriesOf(view.codeOfPart(parts.ids[view.partColumn][row] ?? 0)) : 0),
    (series, firstMs) => add(series, bucketAt(buckets, firstMs), 1),
  );
  return values;
}

async function freshSenders(snapshot: Snapshot, cut: Cut): Promise<Timeline["fresh"]> {
  const earlierSlice = await cut.earlier();
  if (earlierSlice === undefined) return [];
  const earlier = await groupSlice(snapshot.reader, earlierSlice, ["workload"]);
  const now: Grouped = await groupSlice(snapshot.reader, cut.now, ["workload"]);
  return Array.from({ length: now.size }, (_, group) => group)
    .filter((group) => earlier.find(now.codesAt(group)) < 0 && now.textsAt(group)[0] !== "")
    .map((group) => ({ workload: now.textsAt(group)[0] ?? "", at: now.firstMsAt(group), attempts: now.attemptsAt(group) }))
    .sort((a, b) => b.attempts - a.attempts || (a.workload < b.workload ? -1 : 1))
    .slice(0, MOST_FRESH)
    .map(({ workload, at }) => ({ workload, at }));
}
