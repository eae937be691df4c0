/** The group table of a question. */
import { destinationGroupsOf, primaryGroupOf } from "#lib/flows/destination.ts";
import { dimensionValue, type Grouping } from "#lib/flows/dimension.ts";
import type { Flow } from "#lib/flows/flow.ts";
import { formatTime } from "#lib/flows/flow-time.ts";
import type { GroupAbout, GroupRow, GroupTable, Problem } from "./answer.ts";
import { slicesOf } from "./bucket-width.ts";
import { compareGroupRows } from "./group-order.ts";
import type { GroupsQuestion } from "./question.ts";
import { type Corpus, cutCorpus, isNewIn } from "./reference-corpus.ts";
import { attemptsOf, attemptsPerBucket, countsOf, distinct, groupBy, reasonsOf } from "./reference-count.ts";
import type { StoredFlow } from "./reference-select.ts";
import { scopeOf } from "./scope.ts";

export function groupsOf(corpus: Corpus, question: GroupsQuestion): { readonly answer: GroupTable } | { readonly problem: Problem } {
  const { window, filter, text, by } = question;
  const cut = cutCorpus(corpus, window, filter, scopeOf(filter), text);
  if (cut.problem) return { problem: cut.problem };
  const keyOf = (flow: Flow): string => JSON.stringify(by.map((grouping) => dimensionValue(flow, grouping)));
  const before = cut.before && groupBy(cut.before, keyOf);
  const ever = groupBy(cut.ever, keyOf);
  const slices = question.sparkPoints > 0 ? slicesOf(window, question.sparkPoints) : undefined;
  const rows = [...groupBy(cut.now, keyOf)].map(([key, flows]): GroupRow => {
    const all = ever.get(key) ?? [];
    return {
      key: keyOfRow(flows, by),
      ...countsOf(flows),
      reasons: reasonsOf(flows),
      pods: distinct(flows, (flow) => dimensionValue(flow, "pod")),
      addresses: distinct(flows, (flow) => flow.destinationIp),
      firstSeen: timeOf(flows[0]),
      lastSeen: timeOf(flows.at(-1)),
      firstStored: timeOf(all[0]),
      isNew: isNewIn(window, corpus, all),
      attemptsBefore: before && attemptsOf(before.get(key) ?? []),
      spark: slices ? attemptsPerBucket(flows, slices) : [],
      about: aboutGroup(flows, by),
    };
  });
  rows.sort((a, b) => compareGroupRows(a, b, question.order, question.descending));
  return {
    answer: { by, rows: rows.slice(question.offset, question.offset + question.limit), total: rows.length, totals: countsOf(cut.now) },
  };
}

function keyOfRow(flows: readonly StoredFlow[], by: readonly Grouping[]): (string | null)[] {
  const flow = flows[0]?.flow;
  return by.map((grouping) => (flow && dimensionValue(flow, grouping)) || null);
}

function timeOf(stored: StoredFlow | undefined): string {
  return stored ? formatTime(stored.flow.time) : "";
}

/** What the newest flow of the group says beside the name, as far as the grouping makes it one thing. */
function aboutGroup(flows: readonly StoredFlow[], by: readonly Grouping[]): GroupAbout {
  const flow = flows.at(-1)?.flow;
  if (flow === undefined) return {};
  const sender = by.includes("pod") || by.includes("workload");
  const [primary, ...others] = destinationGroupsOf(flow.destination);
  return {
    ...(sender && { namespace: flow.source.namespace }),
    ...(sender && { workload: dimensionValue(flow, "workload"), workloadKind: flow.source.workloads[0]?.kind ?? "" }),
    ...(by.includes("group") && { groupKind: primary.kind, alsoIn: others.map((group) => group.name) }),
    ...((by.includes("ip") || by.includes("cidr")) && { groupKind: primaryGroupOf(flow.destination).kind, names: flow.destinationNames }),
    ...(by.includes("port") && {
      protocols: [...new Set(flows.map((stored) => stored.flow.protocol))].filter((name) => name !== "").sort(),
    }),
  };
}
