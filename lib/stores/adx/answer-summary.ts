/** The totals of a question, asked in KQL. */

import type { Summary } from "#lib/questions/answer.ts";
import type { Question } from "#lib/questions/question.ts";
import { windowBefore } from "#lib/questions/resolve-window.ts";
import { scopeOf, scopeWithReasons } from "#lib/questions/scope.ts";
import type { Told } from "#lib/stores/told.ts";
import { type Asking, aboutOf, askFor, type Built, flowsQuery, IN_WINDOW, type Scene, upTo, windowParameters } from "./asking.ts";
import { type HeldSpan, reachesBack } from "./held-span.ts";
import { timeParameter } from "./kusto-query.ts";
import { REASON_CELLS, REASON_COUNTS, reasonCounts } from "./reason-counts.ts";
import { COUNT, rowShape } from "./row-shape.ts";
import { scopeText } from "./selection.ts";
import { wordsOf } from "./words-of.ts";

const TOTALS_ROW = rowShape(
  ["Attempts", COUNT],
  ["Seen", COUNT],
  ["Workloads", COUNT],
  ["Pods", COUNT],
  ["Destinations", COUNT],
  ["Addresses", COUNT],
  ...REASON_CELLS,
);
const LEFT_OUT_ROW = rowShape(["Audit", COUNT], ["Other", COUNT]);
const BEFORE_ROW = rowShape(["Attempts", COUNT], ["Seen", COUNT]);
const FRESH_ROW = rowShape(["Fresh", COUNT]);

/** One result each: totals, what the scope leaves out, the window before, new workloads, new groups. */
export function summaryQuery(scene: Scene, question: Question): Built {
  const about = aboutOf(scene, question);
  if ("problem" in about && about.problem) return about;
  const scope = scopeOf(question.filter);
  const leftOut = scope.reasons === undefined ? { reasons: [], ingress: true } : scopeWithReasons(scope, ["audit", "other"]);
  const before = windowBefore(question.window);
  const read = scope.reasons === undefined ? [] : [scopeText({ reasons: [...scope.reasons, "audit", "other"], ingress: true })];
  const fresh = (column: string): string =>
    `Ever | where isnotempty(${column}) | summarize First = min(Timestamp) by ${column} | summarize Fresh = countif(First >= _from and First < _to)`;
  const query = flowsQuery(scene, {
    span: upTo(scene, question.window),
    where: read,
    words: wordsOf(question.filter, scene.settings),
    parameters: [...windowParameters(question.window), timeParameter("_before", before.from), ...about.selection.parameters],
    statements: [
      `let Asked = materialize(Shown | where ${about.selection.text} | extend Group = tostring(Groups[0]))`,
      `let Ever = Asked | where ${scopeText(scope)}`,
      `Ever | where ${IN_WINDOW} | summarize Attempts = count_distinct(Attempt), Seen = sum(Packets), Workloads = count_distinctif(Workload, Workload != ""), Pods = count_distinctif(Pod, Pod != ""), Destinations = count_distinctif(Group, Group != ""), Addresses = count_distinctif(DestinationIp, DestinationIp != ""), ${REASON_COUNTS}`,
      `Asked | where ${IN_WINDOW} and ${scopeText(leftOut)} | summarize Audit = count_distinctif(Attempt, Reason == "audit"), Other = count_distinctif(Attempt, Reason == "other")`,
      "Ever | where Timestamp >= _before and Timestamp < _from | summarize Attempts = count_distinct(Attempt), Seen = sum(Packets)",
      fresh("Workload"),
      fresh("Group"),
    ],
  });
  return { query };
}

export async function summaryOf(asking: Asking, question: Question, held: HeldSpan): Promise<Told<Summary>> {
  const built = summaryQuery(asking, question);
  if (built.problem) return built;
  const told = await askFor(asking.gateway, built.query, TOTALS_ROW, LEFT_OUT_ROW, BEFORE_ROW, FRESH_ROW, FRESH_ROW);
  if (told.problem) return told;
  const [[totals], [others], [past], [freshWorkloads], [freshGroups]] = told.results;
  const back = reachesBack(held, question.window);
  const before = windowBefore(question.window);
  const [attempts = 0, packets = 0, workloads = 0, pods = 0, groups = 0, addresses = 0, ...reasons] = totals ?? [];
  return {
    answer: {
      attempts,
      packets,
      senders: { workloads, pods, fresh: back ? (freshWorkloads?.[0] ?? 0) : 0 },
      destinations: { groups, addresses, fresh: back ? (freshGroups?.[0] ?? 0) : 0 },
      reasons: reasonCounts(reasons),
      notCounted: { audit: others?.[0] ?? 0, other: others?.[1] ?? 0 },
      before: back ? { attempts: past?.[0] ?? 0, packets: past?.[1] ?? 0, from: new Date(before.from).toISOString() } : undefined,
    },
  };
}
