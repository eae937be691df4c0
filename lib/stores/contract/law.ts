/** The law every store is held to: whatever is asked, it answers as the in-memory reference does. */
import fc from "fast-check";
import type { FlowSink } from "#lib/flows/batch.ts";
import { DIMENSIONS, type Grouping } from "#lib/flows/dimension.ts";
import type { Flow } from "#lib/flows/flow.ts";
import { GROUP_ORDERS } from "#lib/questions/question.ts";
import type { FlowStore } from "#lib/stores/flow-store.ts";
import { randomFlow, randomQuestion } from "#lib/testing/random-flows.ts";
import { sampleBatch } from "#lib/testing/sample-flow.ts";

export type Store = FlowStore & FlowSink;

/** Flows in the order in which they are stored, in batches. */
export const randomBatches: fc.Arbitrary<readonly (readonly Flow[])[]> = fc
  .array(
    fc.tuple(
      randomFlow,
      // Several flows of one attempt, the other record of a packet, the same event again: what makes counting hard.
      fc.array(fc.tuple(fc.constantFrom("again", "sibling", "duplicate"), fc.uuid(), fc.integer({ min: -3_000_000, max: 40_000_000 })), {
        maxLength: 3,
      }),
    ),
    { maxLength: 40 },
  )
  .chain((made) => {
    const flows = made.flatMap(([flow, others]) => [flow, ...others.map(([how, uuid, apart]) => another(flow, how, uuid, apart))]);
    return fc.tuple(fc.constant(flows), fc.array(fc.nat({ max: 20 }), { maxLength: 6 }));
  })
  .map(([flows, cuts]) => {
    const batches: Flow[][] = [];
    let at = 0;
    for (const cut of cuts) {
      batches.push(flows.slice(at, at + cut));
      at += cut;
    }
    return [...batches, flows.slice(at)];
  });

function another(flow: Flow, how: string, uuid: string, apart: number): Flow {
  if (how === "duplicate") return flow;
  if (how === "again") return { ...flow, uuid, time: flow.time + BigInt(apart * 1000) };
  const eventType = flow.eventType === 1 ? 5 : 1;
  return { ...flow, uuid, eventType, deniedBy: POLICIES, time: flow.time + BigInt(apart % 2_500_000) };
}

const POLICIES = [{ name: "deny-all", namespace: "", kind: "CiliumClusterwideNetworkPolicy", labels: [], revision: "1" }];

export const randomGroupings: fc.Arbitrary<readonly Grouping[]> = fc.uniqueArray(
  fc.constantFrom<Grouping>(...DIMENSIONS, "label:k8s:app", "label:tier"),
  { minLength: 1, maxLength: 3 },
);

export interface AskedQuestion {
  readonly ask: string;
  run(store: Store): Promise<unknown>;
}

/** Every kind of question about the same flows. */
export const randomAsked: fc.Arbitrary<readonly AskedQuestion[]> = fc
  .record({
    question: randomQuestion,
    uuids: fc.option(fc.constantFrom("include" as const, "exclude" as const), { nil: undefined, freq: 6 }),
    by: randomGroupings,
    order: fc.constantFrom(...GROUP_ORDERS),
    descending: fc.boolean(),
    offset: fc.nat({ max: 3 }),
    limit: fc.integer({ min: 1, max: 30 }),
    sparkPoints: fc.nat({ max: 7 }),
    buckets: fc.integer({ min: 1, max: 70 }),
    split: fc.constantFrom("reason" as const, "group" as const),
    search: fc.constantFrom("", "a", "10"),
    newestFirst: fc.boolean(),
  })
  .map((drawn) => {
    const { question, by, order, descending, offset, limit, sparkPoints, buckets, split, search, newestFirst } = drawn;
    const asked = (kind: string, rest: object, run: (store: Store) => Promise<unknown>): AskedQuestion => ({
      ask: `${kind} ${JSON.stringify({ ...question, ...rest })}`,
      run,
    });
    const groups = { ...question, by, order, descending, offset, limit, sparkPoints };
    const timeline = { ...question, buckets, split };
    const facets = { ...question, facets: DIMENSIONS, limit, search: { pod: search, ip: search } };
    const flows = { ...question, after: undefined, limit: Math.min(limit, 7), newestFirst };
    return [
      asked("summary", {}, (store) => store.summary(question)),
      asked("groups", groups, (store) => store.groups(groups)),
      asked("timeline", timeline, (store) => store.timeline(timeline)),
      asked("facets", facets, (store) => store.facets(facets)),
      asked("flows", flows, (store) => allPages(store, flows)),
      asked("nearest", {}, (store) => store.nearest(question)),
      asked("coverage", {}, (store) => store.coverage(question)),
      asked("status", {}, (store) => store.status()),
    ];
  });

/** All pages of a flow question, by following `next`. */
async function allPages(store: Store, first: Parameters<Store["flows"]>[0]): Promise<unknown> {
  const pages: unknown[] = [];
  let after = first.after;
  for (let page = 0; page < 60; page++) {
    const answer = await store.flows({ ...first, after });
    pages.push(answer);
    after = answer.answer?.next;
    if (after === undefined) break;
  }
  return pages;
}

export async function fill(store: Store, batches: readonly (readonly Flow[])[]): Promise<void> {
  let offset = 0;
  for (const flows of batches) {
    offset += flows.length;
    await store.append(sampleBatch(flows, "test", offset));
  }
}
