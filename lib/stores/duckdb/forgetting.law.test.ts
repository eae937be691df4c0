import fc from "fast-check";
import { expect, test } from "vitest";
import type { Flow } from "#lib/flows/flow.ts";
import { fill, randomAsked, randomBatches } from "#lib/stores/contract/law.ts";
import { createMemoryStore } from "#lib/stores/memory/memory-store.ts";
import { RANDOM_SPAN } from "#lib/testing/random-flows.ts";
import { sampleFlow } from "#lib/testing/sample-flow.ts";
import { openDuckdbStore } from "./duckdb-store.ts";

const now = (): number => 1_737_619_300_000;
/** Flows of one event type, so that no two are records of one packet; each once. */
function single(batches: readonly (readonly Flow[])[]): Flow[][] {
  const met = new Set<string>();
  return batches.map((flows) =>
    flows.flatMap((flow) => {
      if (flow.uuid === "" || met.has(flow.uuid)) return [];
      met.add(flow.uuid);
      return [{ ...flow, eventType: flow.eventType === 5 ? 1 : flow.eventType }];
    }),
  );
}

test.each([{ segments: { rows: 4, wide: 2 } }, { mostMirrored: 0 }])(
  "what is left of forgotten flows is counted as if it were all there ever was, $0",
  async (how) => {
    await fc.assert(
      fc.asyncProperty(
        randomBatches.map(single),
        fc.array(randomAsked, { minLength: 2, maxLength: 2 }),
        fc.integer({ min: -5, max: 65 }),
        fc.nat({ max: 4 }),
        async (batches, asked, seconds, after) => {
          const opened = await openDuckdbStore({ directory: undefined, now, partitionMs: 1000, ...how });
          if (opened.problem !== undefined) throw new Error(opened.problem);
          const { store } = opened;
          const reference = createMemoryStore({ now, name: "DuckDB, in memory" });
          const cut = RANDOM_SPAN.from + seconds * 1000;
          const isLeft = ({ time }: Flow): boolean => time >= BigInt(cut) * 1_000_000n;
          const widened = asked.flat().filter(({ ask }) => !/^(coverage|status)/.test(ask));
          try {
            for (const [index, flows] of batches.entries()) {
              if (index === after) {
                const old = batches.slice(0, index).flat().length - batches.slice(0, index).flat().filter(isLeft).length;
                expect(await store.forgetBefore(cut + 1)).toBe(old);
              }
              await fill(store, [flows]);
              await fill(reference, [index < after && batches.length > after ? flows.filter(isLeft) : flows]);
              await widened[index % widened.length]?.run(store);
            }
            for (const { ask, run } of widened)
              expect({ ask, told: answers(await run(store)) }).toEqual({ ask, told: answers(await run(reference)) });
          } finally {
            await store.close();
          }
        },
      ),
      { numRuns: 15, endOnFailure: true },
    );
  },
  120_000,
);

test("an attempt whose flows are all forgotten begins anew, one that goes on counts once, and nothing old is nothing done", async () => {
  const opened = await openDuckdbStore({ directory: undefined, now, partitionMs: 1000 });
  if (opened.problem !== undefined) throw new Error(opened.problem);
  const { store } = opened;
  const flow = (second: number, sourcePort: number): Flow =>
    sampleFlow({
      time: BigInt(RANDOM_SPAN.from + second * 1000) * 1_000_000n,
      sourcePort,
      uuid: `00000000-0000-4000-8000-${String(second).padStart(6, "0")}${String(sourcePort).padStart(6, "0")}`,
    });
  const attempts = async (): Promise<number | undefined> =>
    (await store.summary({ window: { from: 0, to: RANDOM_SPAN.to }, filter: { include: [], exclude: [] }, text: "" })).answer?.attempts;
  await fill(store, [[flow(1, 1), flow(2, 2), flow(12, 2)], [flow(13, 3)]]);
  expect(await attempts()).toBe(3);
  expect(await store.forgetBefore(RANDOM_SPAN.from + 1000)).toBe(0);
  expect(await store.forgetBefore(RANDOM_SPAN.from + 10_500)).toBe(2);
  expect(await attempts()).toBe(2);
  await fill(store, [[flow(20, 1)], [flow(21, 2)], [flow(22, 3)], [flow(23, 1)]]);
  expect(await attempts()).toBe(3);
  await store.close();
});

/** Without the coverage: lines were read, whether their flows are still there or not. */
function answers(told: unknown): unknown {
  return Array.isArray(told) ? told.map(answers) : typeof told === "object" && told !== null && "answer" in told ? told.answer : told;
}
