import { expect, it } from "vitest";
import { EVERYTHING } from "#lib/filters/filter.ts";
import type { Flow } from "#lib/flows/flow.ts";
import type { LiveQuestion, LiveRead } from "#lib/questions/live.ts";
import { sampleFlow } from "#lib/testing/sample-flow.ts";
import { createLiveRing, type LiveRing } from "./live-ring.ts";

const QUESTION: LiveQuestion = { filter: EVERYTHING, text: "", from: 0, after: undefined, limit: 100, waitMs: 0 };
let number = 0;
const flow = (over: Partial<Flow> = {}): Flow =>
  sampleFlow({ uuid: `00000000-0000-4000-8000-${(++number).toString().padStart(12, "0")}`, sourcePort: 1_024 + number, ...over });

async function read(ring: LiveRing, over: Partial<LiveQuestion>): Promise<LiveRead> {
  const found = await ring.read({ ...QUESTION, ...over });
  if ("problem" in found) throw new Error(found.problem.title);
  return found;
}

function publish(ring: LiveRing, flows: readonly Flow[]): void {
  ring.publish({ count: flows.length, flows: () => flows });
}

function ring(kept = 1_000, clock = { ms: 0 }): LiveRing {
  return createLiveRing("boot", () => clock.ms, kept);
}

it("begins with now, and gives what comes after, once, through the same filter and scope as a page", async () => {
  const one = ring();
  publish(one, [flow()]);
  const { mark } = await read(one, {});
  const [blocked, web, allowed, ingress] = [
    flow(),
    flow({ destinationPort: 80 }),
    flow({ reason: "none", verdict: "FORWARDED" }),
    flow({ direction: "ingress" }),
  ];
  publish(one, [blocked, web, allowed, ingress]);
  const first = await read(one, { after: mark });
  expect(first.rows.map(({ id }) => id)).toEqual([blocked.uuid, web.uuid]);
  expect((await read(one, { after: first.mark })).rows).toEqual([]);
  const filter = { include: [{ destination_port: ["80"] }], exclude: [] };
  expect((await read(one, { after: mark, filter })).rows.map(({ id }) => id)).toEqual([web.uuid]);
});

it("waits for something to come, and no longer", async () => {
  const one = ring();
  const { mark } = await read(one, {});
  const waiting = read(one, { after: mark, waitMs: 60_000 });
  publish(one, [flow()]);
  expect((await waiting).rows).toHaveLength(1);
  expect((await read(one, { after: (await waiting).mark, waitMs: 5 })).rows).toEqual([]);
});

it("says how many it left out when there are too many at once", async () => {
  const one = ring();
  const { mark } = await read(one, {});
  publish(
    one,
    Array.from({ length: 250 }, () => flow()),
  );
  const { rows, skipped } = await read(one, { after: mark, limit: 100 });
  expect(rows).toHaveLength(100);
  expect(skipped).toBe(150);
  expect((await read(one, { after: mark, limit: 0 })).skipped).toBe(250);
});

it("says so when it does not know any more what came since, also of another life", async () => {
  const one = ring(10);
  const { mark } = await read(one, {});
  for (let round = 0; round < 10; round++)
    publish(
      one,
      Array.from({ length: 5 }, () => flow()),
    );
  const broken = await read(one, { after: mark });
  expect(broken).toMatchObject({ isBroken: true, rows: [] });
  expect((await read(one, { after: broken.mark })).isBroken).toBe(false);
  expect((await read(one, { after: "other-3" })).isBroken).toBe(true);
  expect((await read(one, { after: "boot-99999" })).isBroken).toBe(true);
});

it("keeps nothing while nobody watches", async () => {
  const clock = { ms: 0 };
  const one = ring(1_000, clock);
  const { mark } = await read(one, {});
  clock.ms = 61_000;
  one.publish({
    count: 1,
    flows: () => {
      throw new Error("nobody asked");
    },
  });
  expect((await read(one, { after: mark })).isBroken).toBe(true);
});

it("shows the two records of one packet as one row, as a store does", async () => {
  const one = ring();
  const { mark } = await read(one, {});
  const drop = flow({ eventType: 1 });
  publish(one, [drop, { ...drop, uuid: "00000000-0000-4000-8000-ffffffffffff", eventType: 5, time: drop.time + 1_000n }]);
  expect((await read(one, { after: mark })).rows).toHaveLength(1);
});

it("leaves out what is older than the window", async () => {
  const one = ring();
  const { mark } = await read(one, {});
  publish(one, [flow(), flow({ time: 1_000_000_000_000n })]);
  expect((await read(one, { after: mark, from: 1_700_000_000_000 })).rows).toHaveLength(1);
});
