import { expect, test } from "vitest";
import type { Flow } from "#lib/flows/flow.ts";
import { sampleBatch, sampleFlow } from "#lib/testing/sample-flow.ts";
import { openDuckdbStore } from "./duckdb-store.ts";

const START = 1_737_619_200_000;
const QUESTION = { window: { from: START, to: START + 3_600_000 }, filter: { include: [], exclude: [] }, text: "" };

test.each([{}, { segments: { rows: 4, wide: 2 } }])(
  "a question asked while a batch is stored sees all of the batch or nothing of it, $0",
  async (how) => {
    const opened = await openDuckdbStore({ directory: undefined, now: () => START, ...how });
    if (opened.problem !== undefined) throw new Error(opened.problem);
    const { store } = opened;
    // Each attempt comes again and again with other destinations, so that sessions counted plainly have to be counted anew.
    const flowsOf = (batch: number): Flow[] =>
      Array.from({ length: 8 }, (_, index) =>
        sampleFlow({
          time: BigInt(START + batch * 1000 + index) * 1_000_000n,
          uuid: `00000000-0000-4000-8000-0000${String(batch).padStart(4, "0")}${String(index).padStart(4, "0")}`,
          sourcePort: 1000 + ((batch * 3 + index) % 40),
          destinationNames: [`name-${batch % 3}.example.com`],
        }),
      );
    const BATCHES = 30;
    const expected = [{ attempts: 0, packets: 0 }];
    const ports = new Set<number>();
    for (let batch = 0; batch < BATCHES; batch++) {
      for (const flow of flowsOf(batch)) ports.add(flow.sourcePort);
      expected.push({ attempts: ports.size, packets: (batch + 1) * 8 });
    }
    let stored = 0;
    const appending = (async () => {
      for (let batch = 0; batch < BATCHES; batch++) {
        await store.append(sampleBatch(flowsOf(batch), "feed", batch + 1));
        stored = batch + 1;
      }
    })();
    let asked = 0;
    while (stored < BATCHES) {
      const least = stored;
      const answers = await Promise.all([
        store.summary(QUESTION),
        store.groups({ ...QUESTION, by: ["ip"], order: "attempts", descending: true, offset: 0, limit: 9, sparkPoints: 3 }),
      ]);
      const [summary, groups] = [answers[0].answer, answers[1].answer];
      for (const told of [summary, groups?.totals]) {
        expect(expected.slice(least, stored + 2)).toContainEqual({ attempts: told?.attempts, packets: told?.packets });
        asked += 1;
      }
    }
    await appending;
    expect((await store.summary(QUESTION)).answer).toMatchObject(expected[BATCHES] ?? {});
    expect(asked).toBeGreaterThan(4);
    await store.close();
  },
);
