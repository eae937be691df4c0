import { expect, test } from "vitest";
import { describeScan } from "#lib/stores/contract/scan-contract.ts";
import { createMemoryStore } from "#lib/stores/memory/memory-store.ts";
import { createMemoryHistory } from "#lib/testing/memory-history.ts";
import { sampleBatch, sampleFlow } from "#lib/testing/sample-flow.ts";
import { joinScan } from "./join-scan.ts";

const now = (): number => 1_737_619_300_000;
const START = 1_737_619_200_000;

/** Half of what is appended goes to either side: both take flows in, and the boundary lies between. */
describeScan("A walk over both sides", async () => {
  const history = createMemoryHistory(now);
  const recent = createMemoryStore({ now });
  const at = START + 60_000;
  return {
    ...recent,
    append: async (batch) => {
      const isOld = batch.flows.map(({ time }) => time < BigInt(at) * 1_000_000n);
      await history.append({ ...batch, flows: batch.flows.filter((_, index) => isOld[index]) });
      await recent.append({ ...batch, flows: batch.flows.filter((_, index) => !isOld[index]) });
      return { stored: batch.flows.length, duplicates: 0 };
    },
    scan: async (window) => joinScan({ history, recent, at }, window, undefined),
  };
});

test("without history the feeds' lines are walked through, and it says what is missing", async () => {
  const recent = createMemoryStore({ now });
  await recent.append(sampleBatch([sampleFlow()]));
  const scan = await joinScan({ history: undefined, recent, at: START + 60_000 }, { from: START, to: START + 120_000 }, undefined);
  if ("problem" in scan) throw new Error(scan.problem.detail);
  expect(scan).toMatchObject({ total: 1, blindSpots: [expect.stringContaining("the cluster cannot be asked")] });
});
