/** Every criterion lets the same flows through in SQL over the embedded store as in memory. */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compileFilter } from "#lib/filters/compile-filter.ts";
import { CRITERIA } from "#lib/filters/criteria.ts";
import { CRITERION_NAMES } from "#lib/filters/criterion-names.ts";
import type { Filter } from "#lib/filters/filter.ts";
import type { Flow } from "#lib/flows/flow.ts";
import { inScope, scopeOf } from "#lib/questions/scope.ts";
import { RANDOM_VALUES, randomFilter } from "#lib/testing/random-filters.ts";
import { RANDOM_SPAN, randomFlow } from "#lib/testing/random-flows.ts";
import { sampleBatch } from "#lib/testing/sample-flow.ts";
import { openDuckdbStore } from "./duckdb-store.ts";

type Store = Extract<Awaited<ReturnType<typeof openDuckdbStore>>, { store: object }>["store"];

/** Three milliseconds apart, so that no two are records of one packet. */
const flows: readonly Flow[] = fc.sample(randomFlow, { numRuns: 300, seed: 5 }).map((flow, index) => ({
  ...flow,
  sourceIp: flow.sourceIp,
  time: flow.time - (flow.time % 1_000_000_000n) + BigInt(index) * 3_000_000n,
}));

let store: Store | undefined;
beforeAll(async () => {
  const opened = await openDuckdbStore({ directory: undefined, now: () => RANDOM_SPAN.to });
  if (opened.problem !== undefined) throw new Error(opened.problem);
  store = opened.store;
  await store.append(sampleBatch(flows));
});
afterAll(async () => store?.close());

/** Ids of all flows that are shown; undefined where the store has to refuse. */
async function shown(filter: Filter): Promise<readonly string[] | undefined> {
  const window = { from: RANDOM_SPAN.from - 60_000, to: RANDOM_SPAN.to + 60_000 };
  const answer = await store?.flows({ window, filter, text: "", after: undefined, limit: 1000, newestFirst: true });
  if (answer?.problem) return undefined;
  return (answer?.answer.rows ?? []).map(({ id }) => id).sort();
}

function expected(filter: Filter): readonly string[] {
  const compiled = compileFilter(filter);
  if (compiled.problem) throw new Error(compiled.problem.reason);
  const scope = scopeOf(filter);
  return flows
    .filter((flow) => compiled.matches(flow) && inScope(scope, flow))
    .map(({ uuid }) => uuid)
    .sort();
}

const asked = CRITERION_NAMES.filter((name) => typeof CRITERIA[name].carriedBy.store !== "object");

describe("SQL over the embedded store", () => {
  it.each(asked)("asks %s", async (name) => {
    await fc.assert(
      fc.asyncProperty(RANDOM_VALUES[name], fc.boolean(), async (values, isExclude) => {
        const clauses = [{ [name]: values }];
        const filter = isExclude ? { include: [], exclude: clauses } : { include: clauses, exclude: [] };
        expect(await shown(filter)).toEqual(expected(filter));
      }),
      { numRuns: 12 },
    );
  });

  it("asks any filter of them", async () => {
    await fc.assert(
      fc.asyncProperty(randomFilter, async (filter) => {
        expect(await shown(filter)).toEqual(expected(filter));
      }),
      { numRuns: 150 },
    );
  });
});
