/** The timeline of a question, asked in KQL: an attempt counts in the bucket of its first packet. */

import { msOfTime } from "#lib/flows/flow-time.ts";
import { REASONS } from "#lib/flows/reason.ts";
import type { Timeline, TimelineSeries } from "#lib/questions/answer.ts";
import { type Buckets, bucketAt, bucketsOf } from "#lib/questions/bucket-width.ts";
import type { TimelineQuestion } from "#lib/questions/question.ts";
import { compareText } from "#lib/questions/reference-select.ts";
import { MOST_FRESH, MOST_SERIES, OTHER_GROUPS } from "#lib/questions/reference-timeline.ts";
import { windowBefore } from "#lib/questions/resolve-window.ts";
import { scopeOf } from "#lib/questions/scope.ts";
import type { Told } from "#lib/stores/told.ts";
import { type Asking, aboutOf, askFor, type Built, flowsQuery, IN_WINDOW, type Scene, upTo, windowParameters } from "./asking.ts";
import { type HeldSpan, reachesBack } from "./held-span.ts";
import { spanParameter, timeParameter } from "./kusto-query.ts";
import { COUNT, FLAG, type RowOf, rowShape, TEXT, TIME } from "./row-shape.ts";
import { scopeText } from "./selection.ts";
import { wordsOf } from "./words-of.ts";

const BUCKET_ROW = rowShape(["IsOther", FLAG], ["Series", TEXT], ["Bucket", TIME], ["Attempts", COUNT]);
const BEFORE_ROW = rowShape(["Bucket", TIME], ["Attempts", COUNT]);
const FRESH_ROW = rowShape(["Workload", TEXT], ["First", TIME]);

/** One result each: buckets by series, buckets of the window before, new senders. */
export function timelineQuery(scene: Scene, question: TimelineQuestion): Built {
  const about = aboutOf(scene, question);
  if ("problem" in about && about.problem) return about;
  const { window, split } = question;
  const scope = scopeOf(question.filter);
  const buckets = bucketsOf(window, question.buckets);
  const shift = window.to - window.from;
  const series =
    split === "reason" ? "Series = Reason, IsOther = false" : 'IsOther = Group !in (Largest), Series = iff(Group in (Largest), Group, "")';
  const query = flowsQuery(scene, {
    span: upTo(scene, question.window),
    where: [scopeText({ reasons: scope.reasons, ingress: true })],
    words: wordsOf(question.filter, scene.settings),
    parameters: [
      ...windowParameters(window),
      timeParameter("_before", windowBefore(window).from),
      timeParameter("_start", buckets.start),
      timeParameter("_startBefore", buckets.start - shift),
      spanParameter("_width", buckets.width),
      ...about.selection.parameters,
    ],
    statements: [
      `let Ever = materialize(Shown | where ${scopeText(scope)} | where ${about.selection.text} | extend Group = tostring(Groups[0]))`,
      `let Now = Ever | where ${IN_WINDOW}`,
      ...(split === "group"
        ? [
            `let Largest = materialize(Now | summarize Attempts = count_distinct(Attempt) by Group | order by Attempts desc, Group asc | take ${MOST_SERIES} | project Group)`,
          ]
        : []),
      `Now | extend ${series} | summarize First = min(Timestamp) by Attempt, IsOther, Series | summarize Attempts = count() by IsOther, Series, Bucket = bin_at(First, _width, _start)`,
      "Ever | where Timestamp >= _before and Timestamp < _from | summarize First = min(Timestamp) by Attempt | summarize Attempts = count() by Bucket = bin_at(First, _width, _startBefore)",
      `Ever | where isnotempty(Workload) | summarize First = min(Timestamp), Attempts = count_distinctif(Attempt, ${IN_WINDOW}) by Workload | where First >= _from and First < _to | order by Attempts desc, Workload asc | take ${MOST_FRESH} | project Workload, First`,
    ],
  });
  return { query };
}

export async function timelineOf(asking: Asking, question: TimelineQuestion, held: HeldSpan): Promise<Told<Timeline>> {
  const built = timelineQuery(asking, question);
  if (built.problem) return built;
  const { window, split } = question;
  const buckets = bucketsOf(window, question.buckets);
  const shift = window.to - window.from;
  const told = await askFor(asking.gateway, built.query, BUCKET_ROW, BEFORE_ROW, FRESH_ROW);
  if (told.problem) return told;
  const [rows, past, fresh] = told.results;
  const back = reachesBack(held, window);
  const filled = seriesOf(rows, buckets);
  return {
    answer: {
      ...buckets,
      series: split === "reason" ? inReasonOrder(filled) : filled,
      before: back ? valuesOf(past, { ...buckets, start: buckets.start - shift }) : undefined,
      fresh: back ? fresh.map(([workload, first]) => ({ workload, at: msOfTime(first) })) : [],
    },
  };
}

/** Largest first, ties by name, the other groups last. */
function seriesOf(rows: readonly RowOf<typeof BUCKET_ROW>[], buckets: Buckets): TimelineSeries[] {
  const named = new Map<string, [bigint, number][]>();
  const others: [bigint, number][] = [];
  for (const [isOther, name, bucket, attempts] of rows) {
    if (isOther) others.push([bucket, attempts]);
    else named.set(name, [...(named.get(name) ?? []), [bucket, attempts]]);
  }
  const series = [...named]
    .map(([name, counts]) => ({
      name,
      values: valuesOf(counts, buckets),
      attempts: counts.reduce((sum, [, attempts]) => sum + attempts, 0),
    }))
    .sort((a, b) => b.attempts - a.attempts || compareText(a.name, b.name))
    .map(({ name, values }) => ({ name, values }));
  return others.length === 0 ? series : [...series, { name: OTHER_GROUPS, values: valuesOf(others, buckets) }];
}

function inReasonOrder(series: readonly TimelineSeries[]): TimelineSeries[] {
  return REASONS.flatMap((reason) => series.filter(({ name }) => name === reason));
}

/** Buckets without an attempt are zero. */
function valuesOf(counts: readonly (readonly [time: bigint, attempts: number])[], buckets: Buckets): number[] {
  const values = Array.from({ length: buckets.count }, () => 0);
  for (const [time, attempts] of counts) {
    const at = bucketAt(buckets, msOfTime(time));
    values[at] = (values[at] ?? 0) + attempts;
  }
  return values;
}
