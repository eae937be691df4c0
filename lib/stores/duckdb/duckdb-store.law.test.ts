import fc from "fast-check";
import { expect, test } from "vitest";
import { fill, randomAsked, randomBatches, type Store } from "#lib/stores/contract/law.ts";
import { createMemoryStore } from "#lib/stores/memory/memory-store.ts";
import { openDuckdbStore } from "./duckdb-store.ts";

const now = (): number => 1_737_619_300_000;

async function openInMemory(how: {
  readonly mostMirrored?: number;
  readonly segments?: { readonly rows: number; readonly wide: number };
  readonly mostHeld?: number;
}): Promise<Store> {
  const opened = await openDuckdbStore({ directory: undefined, now, ...how });
  if (opened.problem !== undefined) throw new Error(opened.problem);
  return opened.store;
}

test.each([
  { way: "counting on the mirror", how: {} },
  { way: "counting on sums of the mirror", how: { segments: { rows: 4, wide: 2 } } },
  { way: "counting what SQL selected", how: { mostMirrored: 0 } },
  { way: "counting in SQL", how: { mostMirrored: 0, mostHeld: 0 } },
])(
  "answers as the in-memory reference does, $way",
  async ({ how }) => {
    await fc.assert(
      fc.asyncProperty(randomBatches, fc.array(randomAsked, { minLength: 4, maxLength: 4 }), async (batches, asked) => {
        const reference = createMemoryStore({ now, name: "DuckDB, in memory" });
        const store = await openInMemory(how);
        try {
          for (const flows of batches) await fill(reference, [flows]);
          // Asked in between, so that what is remembered of the tables has to follow them.
          for (const [index, flows] of batches.entries()) {
            await fill(store, [flows]);
            await asked[index % asked.length]?.[0]?.run(store);
          }
          for (const { ask, run } of asked.flat()) expect({ ask, told: await run(store) }).toEqual({ ask, told: await run(reference) });
        } finally {
          await store.close();
        }
      }),
      { numRuns: 20, endOnFailure: true },
    );
  },
  240_000,
);
