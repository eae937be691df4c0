/**
 * The same flows in both stores, every kind of question under random filters and groupings: one answer. `WEIR_CONTRACT_FLOWS=20000
 * WEIR_CONTRACT_FILTERS=200` is the whole of it, which takes the better part of an hour.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Flow } from "#lib/flows/flow.ts";
import type { FlowsQuestion } from "#lib/questions/question.ts";
import { type AskedQuestion, fill, randomAsked, randomBatches, type Store } from "#lib/stores/contract/law.ts";
import { createMemoryStore } from "#lib/stores/memory/memory-store.ts";
import { alike, asLogged, isRefused, openKustoStore } from "#lib/testing/kusto-store.ts";
import { TABLE_SHAPES } from "./adx-settings.ts";

const now = (): number => 1_737_619_300_000;
const FLOWS = Number(process.env.WEIR_CONTRACT_FLOWS ?? 1000);
const FILTERS = Number(process.env.WEIR_CONTRACT_FILTERS ?? 1);
const SEED = 7;

function manyFlows(count: number): readonly Flow[] {
  const flows: Flow[] = [];
  for (let seed = SEED; flows.length < count; seed++) {
    flows.push(...fc.sample(randomBatches, { numRuns: 200, seed }).flat(2));
  }
  return asLogged(flows.slice(0, count));
}

/** Instead of sixty pages of seven rows: three of three hundred. */
function longPages({ ask }: AskedQuestion): AskedQuestion[] {
  if (!ask.startsWith("flows ")) return [];
  const question: FlowsQuestion = { ...JSON.parse(ask.slice("flows ".length)), after: undefined, limit: 300 };
  const run = async (store: Store): Promise<unknown> => {
    const pages: unknown[] = [];
    let after: string | undefined;
    for (let page = 0; page < 3; page++) {
      const answer = await store.flows({ ...question, after });
      pages.push(answer);
      after = answer.answer?.next;
      if (after === undefined) break;
    }
    return pages;
  };
  return [{ ask, run }];
}

test.each(TABLE_SHAPES)(
  "the reference, and with it DuckDB, gives the answers of a %s table",
  async (shape) => {
    const flows = manyFlows(FLOWS);
    const reference = createMemoryStore({ now });
    const kusto = await openKustoStore(shape, now);
    try {
      await fill(reference, [flows]);
      await fill(kusto.store, [flows]);
      let [answered, refused] = [0, 0];
      for (const asked of fc.sample(randomAsked, { numRuns: FILTERS, seed: SEED })) {
        for (const { ask, run } of [...asked.filter((one) => !one.ask.startsWith("flows ")), ...asked.flatMap(longPages)]) {
          const told = await run(kusto.store);
          if (isRefused(told)) {
            refused += 1;
            continue;
          }
          answered += 1;
          expect({ ask, told: alike(told) }).toEqual({ ask, told: alike(await run(reference)) });
        }
      }
      expect(answered).toBeGreaterThan(refused);
      if (FILTERS > 20) process.stderr.write(`${shape}: ${answered} answers alike, ${refused} refused, ${flows.length} flows\n`);
    } finally {
      await kusto.close();
    }
  },
  3_600_000,
);
