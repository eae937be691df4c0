/**
 * The same flows in every store, every kind of question under random filters and groupings: one answer. `npm run contract` is the whole of
 * it: 20,000 flows, 200 filters, four shapes of table. Every query is also held to the columns that are read of it (lib/testing/kusto-store.ts).
 */
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Flow } from "#lib/flows/flow.ts";
import { type AskedQuestion, fill, randomAsked, randomBatches, type Store } from "#lib/stores/contract/law.ts";
import { withLongPages } from "#lib/stores/contract/long-pages.ts";
import { openDuckdbStore } from "#lib/stores/duckdb/duckdb-store.ts";
import { createMemoryStore } from "#lib/stores/memory/memory-store.ts";
import { alike, asLogged, isRefused, openKustoStore } from "#lib/testing/kusto-store.ts";
import { FLOW_SHAPES } from "./adx-settings.ts";

const now = (): number => 1_737_619_300_000;
const FLOWS = Number(process.env.WEIR_CONTRACT_FLOWS ?? 300);
const FILTERS = Number(process.env.WEIR_CONTRACT_FILTERS ?? 1);
/** Of so many processes, which one this is: each takes its share of the filters, and asks them of every shape. */
const [PART = 0, PARTS = 1] = (process.env.WEIR_CONTRACT_PART ?? "0/1").split("/").map(Number);
const SEED = 7;
const IS_LONG = FILTERS > 20;

function manyFlows(count: number): readonly Flow[] {
  const flows: Flow[] = [];
  for (let seed = SEED; flows.length < count; seed++) {
    flows.push(...fc.sample(randomBatches, { numRuns: 200, seed }).flat(2));
  }
  return asLogged(flows.slice(0, count));
}

const flows = manyFlows(FLOWS);
const others = new Map<string, Store>([["the reference", createMemoryStore({ now })]]);
beforeAll(async () => {
  const duckdb = await openDuckdbStore({ directory: undefined, now });
  if (duckdb.problem !== undefined) throw new Error(duckdb.problem);
  others.set("DuckDB", duckdb.store);
  for (const store of others.values()) await fill(store, [flows]);
}, 120_000);
afterAll(async () => {
  for (const store of others.values()) await store.close();
});

/** What every other store says to a question, which is the same for all shapes. */
async function toldByOthers({ ask, run }: AskedQuestion): Promise<unknown> {
  const answers = await Promise.all([...others].map(async ([name, store]) => ({ name, answer: alike(await run(store)) })));
  const first = answers[0]?.answer;
  for (const { name, answer } of answers) expect({ ask, name, answer }).toEqual({ ask, name, answer: first });
  return first;
}

test("tables of every shape give the answers that DuckDB and the reference give", async () => {
  const tables = await Promise.all(FLOW_SHAPES.map(async (shape) => ({ shape, ...(await openKustoStore(shape, now)) })));
  const started = performance.now();
  let [answered, refused] = [0, 0];
  try {
    for (const { store } of tables) await fill(store, [flows]);
    const filters = fc.sample(randomAsked, { numRuns: FILTERS, seed: SEED }).filter((_, filter) => filter % PARTS === PART);
    for (const [filter, asked] of filters.entries()) {
      for (const one of withLongPages(asked)) {
        const told = await toldByOthers(one);
        for (const { shape, store } of tables) {
          const said = await one.run(store);
          if (isRefused(said)) {
            refused += 1;
            continue;
          }
          answered += 1;
          expect({ shape, ask: one.ask, told: alike(said) }).toEqual({ shape, ask: one.ask, told });
        }
      }
      if (IS_LONG && filter % 10 === 9) report(`${filter + 1} filters, ${Math.round((performance.now() - started) / 1000)} s`);
    }
    expect(answered).toBeGreaterThan(refused);
    const queries = tables.reduce((sum, { database }) => sum + database.asked.length, 0);
    if (IS_LONG) report(`${answered} answers alike, ${refused} refused, ${flows.length} flows, ${queries} queries`);
  } finally {
    for (const { close } of tables) await close();
  }
}, 3_600_000);

function report(line: string): void {
  process.stderr.write(`${line}\n`);
}
