/** The totals of a question. */
import { dimensionValue } from "#lib/flows/dimension.ts";
import type { Flow } from "#lib/flows/flow.ts";
import type { Problem, Summary } from "./answer.ts";
import type { Question } from "./question.ts";
import { type Corpus, type Cut, cutCorpus, isNewIn } from "./reference-corpus.ts";
import { attemptsOf, countsOf, distinct, groupBy, reasonsOf } from "./reference-count.ts";
import { scopeOf, scopeWithReasons } from "./scope.ts";

export function summaryOf(corpus: Corpus, question: Question): { readonly answer: Summary } | { readonly problem: Problem } {
  const { window, filter, text } = question;
  const scope = scopeOf(filter);
  const cut = cutCorpus(corpus, window, filter, scope, text);
  if (cut.problem) return { problem: cut.problem };
  const left =
    scope.reasons === undefined ? undefined : cutCorpus(corpus, window, filter, scopeWithReasons(scope, ["audit", "other"]), text);
  const leftOut = left === undefined || left.problem ? [] : left.now;
  return {
    answer: {
      ...countsOf(cut.now),
      senders: {
        workloads: distinct(cut.now, workloadOf),
        pods: distinct(cut.now, (flow) => dimensionValue(flow, "pod")),
        fresh: freshOf(corpus, question, cut, workloadOf),
      },
      destinations: {
        groups: distinct(cut.now, groupOf),
        addresses: distinct(cut.now, (flow) => flow.destinationIp),
        fresh: freshOf(corpus, question, cut, groupOf),
      },
      reasons: reasonsOf(cut.now),
      notCounted: {
        audit: attemptsOf(leftOut.filter(({ flow }) => flow.reason === "audit")),
        other: attemptsOf(leftOut.filter(({ flow }) => flow.reason === "other")),
      },
      before: cut.before && { ...countsOf(cut.before), from: new Date(cut.windowBefore.from).toISOString() },
    },
  };
}

function workloadOf(flow: Flow): string {
  return dimensionValue(flow, "workload");
}

function groupOf(flow: Flow): string {
  return dimensionValue(flow, "group");
}

/** How many values are seen in the window for the first time in the stored time. */
function freshOf(corpus: Corpus, { window }: Question, cut: Cut, textOf: (flow: Flow) => string): number {
  const ever = groupBy(cut.ever, textOf);
  const values = new Set(cut.now.map(({ flow }) => textOf(flow)));
  values.delete("");
  return [...values].filter((value) => isNewIn(window, corpus, ever.get(value) ?? [])).length;
}
