/** What must hold between answers to the same question, whatever the flows. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { withOnly } from "#lib/filters/edit-filter.ts";
import { DIMENSIONS } from "#lib/flows/dimension.ts";
import { POLICY_REASONS } from "#lib/flows/reason.ts";
import { randomFlows, randomQuestion } from "#lib/testing/random-flows.ts";
import { attemptKey } from "./attempt-key.ts";
import { facetsOf } from "./reference-facets.ts";
import { flowsOf } from "./reference-flows.ts";
import { groupsOf } from "./reference-groups.ts";
import { selectFlows, within } from "./reference-select.ts";
import { summaryOf } from "./reference-summary.ts";
import { timelineOf } from "./reference-timeline.ts";
import { EVERY_SCOPE } from "./scope.ts";
import { spelledOut } from "./spelled-out.ts";

const corpora = randomFlows.map((flows) => ({
  flows: flows.map((flow) => ({ id: flow.uuid, flow, attempt: attemptKey(flow) })),
  oldest: flows
    .map(({ time }) => time)
    .reduce<bigint | undefined>((least, time) => (least === undefined || time < least ? time : least), undefined),
}));

function told<T>(answer: { readonly answer: T } | { readonly problem: { readonly detail: string } }): T {
  if ("problem" in answer) throw new Error(answer.problem.detail);
  return answer.answer;
}

describe("answers agree with one another", () => {
  it("groups: packets add up, attempts never exceed the total, the total is the summary's", () => {
    fc.assert(
      fc.property(corpora, randomQuestion, fc.constantFrom(...DIMENSIONS), (corpus, question, dimension) => {
        const summary = told(summaryOf(corpus, question));
        const asked = {
          ...question,
          by: [dimension],
          order: "attempts",
          descending: true,
          offset: 0,
          limit: 1000,
          sparkPoints: 7,
        } as const;
        const { rows, totals } = told(groupsOf(corpus, asked));
        expect(totals).toEqual({ attempts: summary.attempts, packets: summary.packets });
        expect(rows.reduce((sum, row) => sum + row.packets, 0)).toBe(totals.packets);
        for (const row of rows) {
          expect(row.attempts).toBeLessThanOrEqual(totals.attempts);
          expect(row.spark.reduce((sum, value) => sum + value, 0)).toBe(row.attempts);
          expect(row.firstSeen <= row.lastSeen || row.firstSeen.length !== row.lastSeen.length).toBe(true);
        }
      }),
    );
  });

  it("timeline: a series' buckets add up to the attempts of that reason", () => {
    fc.assert(
      fc.property(corpora, randomQuestion, fc.integer({ min: 2, max: 96 }), (corpus, question, buckets) => {
        const { reasons } = told(summaryOf(corpus, question));
        const { series, count } = told(timelineOf(corpus, { ...question, buckets, split: "reason" }));
        expect(count).toBeLessThanOrEqual(buckets);
        expect(Object.fromEntries(series.map(({ name, values }) => [name, values.reduce((sum, value) => sum + value, 0)]))).toEqual(
          reasons,
        );
      }),
    );
  });

  it("facets: a value's count is what choosing it alone would show", () => {
    fc.assert(
      fc.property(
        corpora,
        randomQuestion,
        fc.constantFrom(...DIMENSIONS.filter((one) => one !== "group" && one !== "ip" && one !== "protocol")),
        (corpus, question, dimension) => {
          const [facet] = told(facetsOf(corpus, { ...question, facets: [dimension], limit: 1000, search: {} }));
          for (const { value, attempts } of facet?.values ?? []) {
            if (question.filter.include.length > 1) continue;
            const chosen = { ...question, filter: withOnly(question.filter, dimension, value ?? "") };
            expect(told(summaryOf(corpus, chosen)).attempts).toBe(attempts);
          }
        },
      ),
    );
  });

  it("flows: pages of any size hold the same rows in the same order", () => {
    fc.assert(
      fc.property(corpora, randomQuestion, fc.integer({ min: 1, max: 9 }), fc.boolean(), (corpus, question, limit, newestFirst) => {
        const whole = told(flowsOf(corpus, { ...question, after: undefined, limit: 1000, newestFirst }));
        const ids: string[] = [];
        let after: string | undefined;
        do {
          const page = told(flowsOf(corpus, { ...question, after, limit, newestFirst }));
          ids.push(...page.rows.map(({ id }) => id));
          after = page.next;
        } while (after !== undefined);
        expect(ids).toEqual(whole.rows.map(({ id }) => id));
      }),
    );
  });

  it("scope: a filter spelled out shows the same flows without any silent part", () => {
    fc.assert(
      fc.property(corpora, randomQuestion, (corpus, question) => {
        const { window, filter, text } = question;
        const aloud = selectFlows(corpus.flows, spelledOut(filter), EVERY_SCOPE, text);
        const { rows } = told(flowsOf(corpus, { ...question, after: undefined, limit: 1000, newestFirst: false }));
        expect(within(aloud.flows ?? [], window).map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
      }),
    );
  });

  it("scope: counts nothing but policy's egress blocks where the filter is silent", () => {
    fc.assert(
      fc.property(corpora, randomQuestion, (corpus, { window }) => {
        const question = { window, filter: { include: [], exclude: [] }, text: "" };
        const blocked = within(corpus.flows, window).filter(
          ({ flow }) => flow.direction !== "ingress" && POLICY_REASONS.some((reason) => reason === flow.reason),
        );
        expect(told(summaryOf(corpus, question)).packets).toBe(blocked.reduce((sum, { flow }) => sum + flow.packets, 0));
      }),
    );
  });
});
