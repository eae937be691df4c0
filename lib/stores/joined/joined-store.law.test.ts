/** However the flows are shared out between the two sides, answers are those over all of them, as long as a boundary loses nothing. */
import fc from "fast-check";
import { expect, it } from "vitest";
import type { Flow } from "#lib/flows/flow.ts";
import { OTHER_GROUPS } from "#lib/questions/reference-timeline.ts";
import { fill, randomAsked, randomBatches } from "#lib/stores/contract/law.ts";
import { createMemoryStore } from "#lib/stores/memory/memory-store.ts";
import { createMemoryHistory } from "#lib/testing/memory-history.ts";
import { RANDOM_SPAN } from "#lib/testing/random-flows.ts";
import { SLICE_MS } from "./boundary-keeper.ts";
import { createJoinedStore } from "./joined-store.ts";

const now = (): number => RANDOM_SPAN.to + 40_000;
const HOUR = 3_600_000;
/** Records of one packet, which the boundary must not part, lie closer than this. */
const PACKET_MS = 50;

const msOf = (flow: Flow): number => Number(flow.time / 1_000_000n);
const sliceOf = (flow: Flow): number => Math.floor(msOf(flow) / SLICE_MS) * SLICE_MS;
/** A packet's records never lie on both sides of a slice's end. */
const isInside = (flow: Flow): boolean => {
  const at = msOf(flow) % SLICE_MS;
  return at > PACKET_MS && at < SLICE_MS - PACKET_MS;
};

/** How far history is, by node, and since when the feeds are heard: instants of the random span. */
const progress = fc.record({
  arrived: fc.dictionary(
    fc.constantFrom("west/n1", "west/n2", "n3", ""),
    fc.integer({ min: 0, max: 10 }).map((slice) => RANDOM_SPAN.from + slice * SLICE_MS),
  ),
  late: fc.integer({ min: 0, max: 5 }),
});

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

async function held(flows: readonly (readonly Flow[])[], arrived: Readonly<Record<string, number>>, since: number) {
  const history = createMemoryHistory(now);
  const recent = createMemoryStore({ now, name: "recent" });
  const store = createJoinedStore({ history, recent, now, fillMs: HOUR, askEveryMs: 0 });
  const whole = createMemoryStore({ now, name: "all" });
  await fill(whole, flows);
  const batches = flows.map((batch) => batch.filter((flow) => msOf(flow) < (arrived[flow.node] ?? Number.POSITIVE_INFINITY)));
  let offset = 0;
  for (const batch of batches) {
    offset += batch.length;
    await history.append({ ...emptyBatch, flows: batch, position: { feed: "test", offset, state: "" } });
  }
  await fill(
    store,
    flows.map((batch) => batch.filter((flow) => sliceOf(flow) >= since)),
  );
  return { history, store, whole };
}
const emptyBatch = {
  tally: { total: 0, flows: 0, notices: 0, agent: 0, rejected: 0, rejectedBy: {}, lost: {} },
  samples: [],
  agentWords: [],
};

it("answers as one store with all flows does, whatever the lag of each node", async () => {
  await fc.assert(
    fc.asyncProperty(randomBatches, progress, randomAsked, async (batches, { arrived }, asked) => {
      const flows = batches.map((batch) => batch.filter(isInside));
      const { store, whole } = await held(flows, arrived, 0);
      for (const { ask, run } of asked) {
        const [told, meant] = [alike(await run(store)), alike(await run(whole))];
        expect({ ask, told: withoutOthers(told) }).toEqual({ ask, told: withoutOthers(meant) });
      }
      expect((await store.status()).answer?.filled?.missing).toBe(0);
    }),
    { numRuns: 150 },
  );
});
