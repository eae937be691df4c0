/** However the flows are shared out between the two sides, answers are those over all of them, as long as a boundary loses nothing. */
import fc from "fast-check";
import { expect, it } from "vitest";
import type { Flow } from "#lib/flows/flow.ts";
import { REASONS } from "#lib/flows/reason.ts";
import type { FlowRow } from "#lib/questions/answer.ts";
import { OTHER_GROUPS } from "#lib/questions/reference-timeline.ts";
import { randomAsked, randomBatches } from "#lib/stores/contract/law.ts";
import { createMemoryStore } from "#lib/stores/memory/memory-store.ts";
import { createMemoryHistory } from "#lib/testing/memory-history.ts";
import { RANDOM_SPAN } from "#lib/testing/random-flows.ts";
import { sampleBatch } from "#lib/testing/sample-flow.ts";
import { createJoinedStore } from "./joined-store.ts";
import { SLICE_MS } from "./slice-counts.ts";

const now = (): number => RANDOM_SPAN.to + 40_000;
/** Then every flow is old when it comes, and counted in wide slices. */
const muchLater = (): number => RANDOM_SPAN.to + 1_500_000;
const HOUR = 3_600_000;
/** Records of one packet, which the boundary must not part, lie closer than this. */
const PACKET_MS = 50;

const msOf = (flow: Flow): number => Number(flow.time / 1_000_000n);
/** A packet's records never lie on both sides of a slice's end. */
const isInside = (flow: Flow): boolean => {
  const at = msOf(flow) % SLICE_MS;
  return at > PACKET_MS && at < SLICE_MS - PACKET_MS;
};

const NODES = ["west/n1", "west/n2", "n3", ""];

/** How far history is, by node: instants of the random span. */
const progress = fc.dictionary(
  fc.constantFrom(...NODES),
  fc.integer({ min: 0, max: 10 }).map((slice) => RANDOM_SPAN.from + slice * SLICE_MS),
);

/** Own words of either store, and what only stands beside the answers. */
const LEFT_OUT: ReadonlySet<string> = new Set(["store", "lines", "lost", "feeds", "filled", "nodes", "next", "agentWords", "samples"]);
function alike(told: unknown): unknown {
  return JSON.parse(JSON.stringify(told, (key, value: unknown) => (LEFT_OUT.has(key) ? undefined : value)) ?? "null");
}

/** "Other groups" is a sum of groups, and only looked at as far as it is there. */
function withoutOthers(told: unknown): unknown {
  return JSON.parse(JSON.stringify(told), (key, value: unknown) =>
    key === "series" && Array.isArray(value) ? value.filter((one: { readonly name?: string }) => one.name !== OTHER_GROUPS) : value,
  );
}

type Share = (flow: Flow) => boolean;

async function shared(flows: readonly (readonly Flow[])[], inHistory: Share, inFeeds: Share, now: () => number) {
  const history = createMemoryHistory(now);
  const store = createJoinedStore({ history, recent: createMemoryStore({ now, name: "recent" }), now, fillMs: HOUR, askEveryMs: 0 });
  const whole = createMemoryStore({ now, name: "all" });
  for (const [side, isThere] of [[whole, () => true] as const, [history, inHistory] as const, [store, inFeeds] as const]) {
    for (const [index, batch] of flows.entries()) await side.append(sampleBatch(batch.filter(isThere), "test", index));
  }
  return { store, whole };
}

it.each([
  { when: "as it happened", now, numRuns: 100 },
  { when: "read long after", now: muchLater, numRuns: 25 },
])("answers as one store with all flows does, whatever the lag of each node, $when", async ({ now: clock, numRuns }) => {
  await fc.assert(
    fc.asyncProperty(randomBatches, progress, randomAsked, async (batches, arrived, asked) => {
      const flows = batches.map((batch) => batch.filter(isInside));
      const hasArrived: Share = (flow) => msOf(flow) < (arrived[flow.node] ?? Number.POSITIVE_INFINITY);
      const { store, whole } = await shared(flows, hasArrived, () => true, clock);
      for (const { ask, run } of asked) {
        const [told, meant] = [alike(await run(store)), alike(await run(whole))];
        expect({ ask, told: withoutOthers(told) }).toEqual({ ask, told: withoutOthers(meant) });
      }
      expect((await store.status()).answer?.filled?.missing).toBe(0);
    }),
    { numRuns },
  );
});

/** What a side lacks, it lacks of a node for a whole slice: less is not told apart by counting. */
it("shows every flow of either side once, or says how many packets it leaves out", async () => {
  const sides = fc.array(fc.constantFrom("history", "feeds", "both", "both", "both"), { minLength: 28, maxLength: 28 });
  await fc.assert(
    fc.asyncProperty(randomBatches, sides, async (batches, places) => {
      const once = new Map(batches.flat().map((flow) => [flow.uuid, flow]));
      const flows = [[...once.values()].filter((flow) => isInside(flow) && flow.eventType === 1)];
      const placeOf = (flow: Flow): string | undefined =>
        places[Math.floor((msOf(flow) - RANDOM_SPAN.from) / SLICE_MS) * 4 + NODES.indexOf(flow.node)];
      const { store, whole } = await shared(
        flows,
        (flow) => placeOf(flow) !== "feeds",
        (flow) => placeOf(flow) !== "history",
        now,
      );
      const everything = { include: [{ reason: REASONS }, { traffic_direction: ["INGRESS"] }], exclude: [] };
      const window = { from: RANDOM_SPAN.from - HOUR, to: RANDOM_SPAN.to + HOUR };
      const page = { window, filter: everything, text: "", after: undefined, limit: 500, newestFirst: true };
      const [told, meant] = [await store.flows(page), await whole.flows(page)];
      if (told.problem !== undefined || meant.problem !== undefined) throw new Error("both answer");
      const packets = (rows: readonly FlowRow[]): number => rows.reduce((sum, row) => sum + row.packets, 0);
      expect(new Set(told.answer.rows.map(({ id }) => id)).size).toBe(told.answer.rows.length);
      expect(packets(told.answer.rows) + (told.coverage.filled?.missing ?? 0)).toBe(packets(meant.answer.rows));
    }),
    { numRuns: 100 },
  );
});
