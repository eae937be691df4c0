/** The questions of the overview and of the newest page, as Weir's own pages ask them. */
import type { Filter } from "#lib/filters/filter.ts";
import type { Dimension } from "#lib/flows/dimension.ts";
import type { Answer } from "#lib/questions/answer.ts";
import type { ResolvedWindow } from "#lib/questions/window.ts";
import type { FlowStore } from "#lib/stores/flow-store.ts";

const FACETS: readonly Dimension[] = ["reason", "namespace", "group", "port", "protocol", "policy", "node", "workload"];
const TOPS: readonly Dimension[] = ["workload", "group", "port"];
const ROWS = 10;
const SPARK_POINTS = 48;
const BUCKETS = 97;
const PAGE_ROWS = 200;

/** Totals, three tops with sparklines, the timeline, eight facets; throws when a question is not answered. Attempts in the window. */
export async function askOverview(store: FlowStore, window: ResolvedWindow, filter: Filter): Promise<number> {
  const question = { window, filter, text: "" };
  const top = { order: "attempts", descending: true, offset: 0, limit: ROWS, sparkPoints: SPARK_POINTS } as const;
  const [summary] = await Promise.all([
    answerOf(store.summary(question)),
    answerOf(store.timeline({ ...question, buckets: BUCKETS, split: "reason" })),
    ...TOPS.map((by) => answerOf(store.groups({ ...question, ...top, by: [by] }))),
    answerOf(store.facets({ ...question, facets: FACETS, limit: ROWS, search: {} })),
  ] as const);
  return summary.attempts;
}

export async function askNewestPage(store: FlowStore, window: ResolvedWindow, filter: Filter): Promise<number> {
  const page = await answerOf(store.flows({ window, filter, text: "", after: undefined, limit: PAGE_ROWS, newestFirst: true }));
  return page.rows.length;
}

async function answerOf<T>(asked: Promise<Answer<T>>): Promise<T> {
  const answer = await asked;
  if (answer.problem !== undefined) throw new Error(`${answer.problem.title}: ${answer.problem.detail}`);
  return answer.answer;
}
