import fc from "fast-check";
import { expect, test } from "vitest";
import { fill, randomAsked, randomBatches, type Store } from "#lib/stores/contract/law.ts";
import { createMemoryStore } from "#lib/stores/memory/memory-store.ts";
import { openDuckdbStore } from "./duckdb-store.ts";

const now = (): number => 1_737_619_300_000;

async function openInMemory(mostHeld: number | undefined): Promise<Store> {
  const opened = await openDuckdbStore({ directory: undefined, now, mostHeld });
  if (opened.problem !== undefined) throw new Error(opened.problem);
  return opened.store;
}

test.each([
  { way: "counting in memory", mostHeld: undefined },
  { way: "counting in SQL", mostHeld: 0 },
])("answers as the in-memory reference does, $way", async ({ mostHeld }) => {
  await fc.assert(
    fc.asyncProperty(randomBatches, fc.array(randomAsked, { minLength: 4, maxLength: 4 }), async (batches, asked) => {
      const reference = createMemoryStore({ now, name: "DuckDB, in memory" });
      const store = await openInMemory(mostHeld);
      try {
        await fill(reference, batches);
        await fill(store, batches);
        for (const { ask, run } of asked.flat()) expect({ ask, told: await run(store) }).toEqual({ ask, told: await run(reference) });
      } finally {
        await store.close();
      }
    }),
    { numRuns: 25, endOnFailure: true },
  );
});
