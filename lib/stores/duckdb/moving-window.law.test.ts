/** What a filter let through is remembered while the window moves on and flows come in: the answers stay those of the reference. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Flow } from "#lib/flows/flow.ts";
import type { Question } from "#lib/questions/question.ts";
import { fill, type Store } from "#lib/stores/contract/law.ts";
import { createMemoryStore } from "#lib/stores/memory/memory-store.ts";
import { sampleEndpoint, sampleFlow } from "#lib/testing/sample-flow.ts";
import { openDuckdbStore } from "./duckdb-store.ts";

const START = 1_737_619_200_000;
const SECONDS = 80;
const now = (): number => START + 100_000;

interface Drawn {
  /** Which attempt it belongs to: all else but the node follows from it. */
  readonly attempt: number;
  readonly second: number;
  readonly otherNode: boolean;
}

function flowOf({ attempt, second, otherNode }: Drawn, index: number): Flow {
  const namespace = attempt % 4 === 0 ? "prod" : "shop";
  const audited = attempt % 3 === 0;
  return sampleFlow({
    time: BigInt(START + second * 1000 + index) * 1_000_000n,
    uuid: `2c5936a5-8806-4c5a-ac6d-${String(index).padStart(12, "0")}`,
    sourcePort: 40_000 + attempt,
    destinationIp: `217.160.0.${attempt % 5}`,
    source: sampleEndpoint({ namespace, pod: `api-${attempt % 8}`, workloads: [{ name: "api", kind: "Deployment" }] }),
    node: otherNode ? "aks-prod/n2" : "aks-prod/n1",
    ...(audited && { verdict: "AUDIT", reason: "audit", dropReason: 0 }),
  });
}

/** Batches that follow one another in time, with attempts that go on from one to the next, and seldom turn up on another node. */
const batches: fc.Arbitrary<readonly (readonly Flow[])[]> = fc
  .array(
    fc.array(fc.record({ attempt: fc.nat({ max: 40 }), second: fc.nat({ max: 14 }), otherNode: fc.nat({ max: 30 }).map((n) => n === 0) }), {
      minLength: 12,
      maxLength: 24,
    }),
    { minLength: 4, maxLength: 6 },
  )
  .map((drawn) => {
    let index = 0;
    return drawn.map((batch, number) => batch.map((one) => flowOf({ ...one, second: one.second + number * 12 }, index++)));
  });

/** Mostly all of the time, but for an end. */
const windows = fc.array(fc.record({ from: fc.integer({ min: -3, max: 20 }), to: fc.integer({ min: SECONDS - 15, max: SECONDS + 15 }) }), {
  minLength: 2,
  maxLength: 2,
});

const filters: readonly Question["filter"][] = [
  { include: [{ namespace: ["prod"] }], exclude: [] },
  { include: [{ namespace: ["prod"] }], exclude: [{ destination_ip: ["217.160.0.2"] }] },
];

async function told(store: Store, question: Question): Promise<unknown> {
  const top = { order: "attempts", descending: true, offset: 0, limit: 20, sparkPoints: 5 } as const;
  return Promise.all([
    store.summary(question),
    store.groups({ ...question, ...top, by: ["pod"] }),
    store.groups({ ...question, ...top, by: ["ip", "node"] }),
    store.timeline({ ...question, buckets: 7, split: "group" }),
    store.facets({ ...question, facets: ["reason", "namespace", "node"], limit: 9, search: {} }),
  ]);
}

test("a filter over windows that move answers as the in-memory reference does, whatever came in meanwhile", async () => {
  await fc.assert(
    fc.asyncProperty(batches, windows, async (parts, moved) => {
      const reference = createMemoryStore({ now, name: "DuckDB, in memory" });
      const opened = await openDuckdbStore({ directory: undefined, now, segments: { rows: 8, wide: 2 } });
      if (opened.problem !== undefined) throw new Error(opened.problem);
      const { store } = opened;
      try {
        for (const flows of parts) {
          await fill(reference, [flows]);
          await fill(store, [flows]);
          for (const filter of filters)
            for (const { from, to } of moved) {
              const question = { window: { from: START + from * 1000, to: START + to * 1000 }, filter, text: "" };
              expect(await told(store, question)).toEqual(await told(reference, question));
            }
        }
      } finally {
        await store.close();
      }
    }),
    { numRuns: 10, endOnFailure: true },
  );
}, 120_000);
