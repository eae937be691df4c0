/** The timeline of a question. */
import { dimensionValue } from "#lib/flows/dimension.ts";
import { REASONS } from "#lib/flows/reason.ts";
import type { Problem, Timeline, TimelineSeries } from "./answer.ts";
import { type Buckets, bucketsOf } from "./bucket-width.ts";
import type { TimelineQuestion } from "./question.ts";
import { type Corpus, type Cut, cutCorpus, isNewIn } from "./reference-corpus.ts";
import { attemptsOf, attemptsPerBucket, groupBy } from "./reference-count.ts";
import { compareText, msOf, type StoredFlow } from "./reference-select.ts";
import { scopeOf } from "./scope.ts";

/** The name of the series that holds every group beyond the largest. */
export const OTHER_GROUPS = "other groups";
/** Groups with a series of their own. */
export const MOST_SERIES = 8;
/** New senders named on a timeline. */
export const MOST_FRESH = 12;

export function timelineOf(corpus: Corpus, question: TimelineQuestion): { readonly answer: Timeline } | { readonly problem: Problem } {
  const { window, filter, text, split } = question;
  const cut = cutCorpus(corpus, window, filter, scopeOf(filter), text);
  if (cut.problem) return { problem: cut.problem };
  const buckets = bucketsOf(window, question.buckets);
  const shift = window.to - window.from;
  return {
    answer: {
      ...buckets,
      series: split === "reason" ? reasonSeries(cut.now, buckets) : groupSeries(cut.now, buckets),
      before: cut.before && attemptsPerBucket(cut.before, { ...buckets, start: buckets.start - shift }),
      fresh: freshSenders(corpus, question, cut),
    },
  };
}

/** In the fixed order of reasons; those without attempts are left out. */
function reasonSeries(flows: readonly StoredFlow[], buckets: Buckets): TimelineSeries[] {
  return REASONS.map((reason) => ({ name: reason, flows: flows.filter(({ flow }) => flow.reason === reason) }))
    .filter((series) => series.flows.length > 0)
    .map((series) => ({ name: series.name, values: attemptsPerBucket(series.flows, buckets) }));
}

/** Largest first, ties by name; "no group" is a series without a name. */
function groupSeries(flows: readonly StoredFlow[], buckets: Buckets): TimelineSeries[] {
  const groups = [...groupBy(flows, (flow) => dimensionValue(flow, "group"))]
    .map(([name, members]) => ({ name, members, attempts: attemptsOf(members) }))
    .sort((a, b) => b.attempts - a.attempts || compareText(a.name, b.name));
  const named = groups.slice(0, MOST_SERIES);
  const own = new Set(named.map(({ name }) => name));
  const others = flows.filter(({ flow }) => !own.has(dimensionValue(flow, "group")));
  const series = named.map(({ name, members }) => ({ name, values: attemptsPerBucket(members, buckets) }));
  return others.length === 0 ? series : [...series, { name: OTHER_GROUPS, values: attemptsPerBucket(others, buckets) }];
}

function freshSenders(corpus: Corpus, { window }: TimelineQuestion, cut: Cut): Timeline["fresh"] {
  const ever = groupBy(cut.ever, (flow) => dimensionValue(flow, "workload"));
  return [...groupBy(cut.now, (flow) => dimensionValue(flow, "workload"))]
    .filter(([workload]) => workload !== "" && isNewIn(window, corpus, ever.get(workload) ?? []))
    .map(([workload, flows]) => ({ workload, at: flows[0] ? msOf(flows[0].flow) : window.from, attempts: attemptsOf(flows) }))
    .sort((a, b) => b.attempts - a.attempts || compareText(a.workload, b.workload))
    .slice(0, MOST_FRESH)
    .map(({ workload, at }) => ({ workload, at }));
}
