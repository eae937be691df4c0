/** The law of every store, over each shape of table: whatever is asked, ADX answers as the in-memory reference does. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { fill, randomAsked, randomBatches } from "#lib/stores/contract/law.ts";
import { createMemoryStore } from "#lib/stores/memory/memory-store.ts";
import { alike, asLogged, isRefused, openKustoStore } from "#lib/testing/kusto-store.ts";
import { TABLE_SHAPES } from "./adx-settings.ts";

const now = (): number => 1_737_619_300_000;

test.each(TABLE_SHAPES)(
  "whatever is asked of a %s table is answered as the reference does",
  async (shape) => {
    const kusto = await openKustoStore(shape, now);
    let answered = 0;
    try {
      await fc.assert(
        fc.asyncProperty(randomBatches, randomAsked, async (batches, asked) => {
          const flows = asLogged(batches.flat());
          const reference = createMemoryStore({ now });
          await fill(reference, [flows]);
          kusto.empty();
          await fill(kusto.store, [flows]);
          for (const { ask, run } of asked) {
            const told = await run(kusto.store);
            if (isRefused(told)) continue;
            answered += 1;
            expect({ ask, told: alike(told) }).toEqual({ ask, told: alike(await run(reference)) });
          }
        }),
        { numRuns: Number(process.env.WEIR_LAW_RUNS ?? 2), endOnFailure: true },
      );
      expect(answered).toBeGreaterThan(5);
    } finally {
      await kusto.close();
    }
  },
  240_000,
);
