/** Asks everything the overview shows, at once; what one part cannot answer is that part's problem alone. */
import "server-only";
import { destinationLevel, senderLevel } from "#components/overview/levels.ts";
import { type OverviewAnswers, PANEL_ROWS } from "#components/overview/overview-answers.ts";
import { mayHoldScan } from "#components/ranked-panel/fold-scan.ts";
import type { Answer, GroupTable, Summary } from "#lib/questions/answer.ts";
import { type Asked, timelineQuestion, topQuestion } from "#lib/server/ask.ts";
import type { FlowStore } from "#lib/stores/flow-store.ts";

/** A day that does not begin on a quarter of an hour touches 97 of them. */
const BUCKETS = 97;
const SPARK_POINTS = 48;
/** Ports and pairs enough to tell a scan of a thousand-odd ports from ports that many pods try. */
const SCAN_ROWS = 400;

export async function askOverview(store: FlowStore, asked: Asked): Promise<OverviewAnswers> {
  const { by } = asked.search;
  const panel = { limit: PANEL_ROWS, sparkPoints: SPARK_POINTS };
  const [summary, timeline, senders, destinations, ports] = await Promise.all([
    store.summary(asked.question),
    store.timeline(timelineQuestion(asked, BUCKETS)),
    store.groups(topQuestion(asked, { ...panel, by: [senderLevel(by)] })),
    store.groups(topQuestion(asked, { ...panel, by: [destinationLevel(by)] })),
    store.groups(topQuestion(asked, { ...panel, by: ["port"], limit: SCAN_ROWS })),
  ]);
  const [pairs, nearest] = await Promise.all([askPairs(store, asked, ports), askNearest(store, asked, summary)]);
  return { summary, timeline, senders, destinations, ports, pairs, nearest };
}

async function askPairs(store: FlowStore, asked: Asked, ports: Answer<GroupTable>): Promise<Answer<GroupTable> | undefined> {
  if (ports.problem || !mayHoldScan(ports.answer)) return undefined;
  return store.groups(topQuestion(asked, { by: ["workload", "port"], limit: SCAN_ROWS }));
}

async function askNearest(store: FlowStore, asked: Asked, summary: Answer<Summary>): Promise<string | undefined> {
  if (summary.problem || summary.answer.attempts > 0) return undefined;
  const nearest = await store.nearest(asked.question);
  return nearest.problem ? undefined : nearest.answer?.time;
}
