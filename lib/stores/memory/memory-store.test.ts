/** A day small enough to count by hand. */
import { describe, expect, it } from "vitest";
import type { Flow } from "#lib/flows/flow.ts";
import type { Answer } from "#lib/questions/answer.ts";
import type { Question } from "#lib/questions/question.ts";
import { sampleBatch, sampleEndpoint, sampleFlow } from "#lib/testing/sample-flow.ts";
import { createMemoryStore } from "./memory-store.ts";

const HOUR = 3_600_000;
const START = Date.UTC(2025, 0, 23, 8);
const WINDOW = { from: START, to: START + HOUR };
const QUESTION: Question = { window: WINDOW, filter: { include: [], exclude: [] }, text: "" };
const GROUPS = { ...QUESTION, order: "attempts", descending: true, offset: 0, limit: 100, sparkPoints: 0 } as const;

const WORLD = sampleEndpoint({ identity: 2, labels: ["reserved:world"] });
const WEB = sampleEndpoint({ namespace: "shop", pod: "web-1", labels: ["k8s:app=web"], workloads: [{ name: "web", kind: "StatefulSet" }] });

/** `at`: seconds after eight. */
function flow(uuid: string, at: number, different: Partial<Flow> = {}): Flow {
  return sampleFlow({ uuid, time: BigInt(START) * 1_000_000n + BigInt(at) * 1_000_000_000n, ...different });
}

async function storeWith(flows: readonly Flow[]) {
  const store = createMemoryStore({ now: () => START + 2 * HOUR });
  await store.append(sampleBatch(flows));
  return store;
}

function told<T>(answer: Answer<T>): T {
  if (answer.problem) throw new Error(answer.problem.detail);
  return answer.answer;
}

const DAY: readonly Flow[] = [
  flow("before", -600),
  flow("a1", 10),
  flow("a2", 12, { packets: 3 }),
  flow("b1", 20, { sourcePort: 44_241 }),
  flow("c1", 30, {
    source: WEB,
    sourceIp: "10.244.1.9",
    destination: WORLD,
    destinationIp: "1.1.1.1",
    destinationPort: 53,
    protocol: "UDP",
    ...DEFAULT_DENY(),
  }),
  flow("in", 40, { direction: "ingress", sourcePort: 1 }),
  flow("audit", 50, { verdict: "AUDIT", reason: "audit", dropReason: 0, dropReasonName: "", eventType: 5, sourcePort: 2 }),
  flow("other", 60, { reason: "other", dropReason: 158, dropReasonName: "SERVICE_BACKEND_NOT_FOUND", sourcePort: 3 }),
  flow("passed", 70, { verdict: "FORWARDED", reason: "none", dropReason: 0, dropReasonName: "", eventType: 4, sourcePort: 4 }),
  flow("end", 3600, { sourcePort: 5 }),
];

function DEFAULT_DENY(): Partial<Flow> {
  return { reason: "default", dropReason: 133, dropReasonName: "POLICY_DENIED", eventSubType: 133 };
}

describe("what counts", () => {
  it("counts blocked egress only, each 5-tuple as one attempt, and says what it leaves out", async () => {
    const store = await storeWith(DAY);
    expect(told(await store.summary(QUESTION))).toEqual({
      attempts: 3,
      packets: 6,
      senders: { workloads: 2, pods: 2, fresh: 1 },
      destinations: { groups: 2, addresses: 2, fresh: 1 },
      reasons: { deny: 2, default: 1 },
      notCounted: { audit: 1, other: 1 },
      before: { attempts: 1, packets: 1, from: "2025-01-23T07:00:00.000Z" },
    });
  });

  it("widens where an include clause speaks of reasons or directions, never where an exclude clause does", async () => {
    const store = await storeWith(DAY);
    const attempts = async (filter: Question["filter"]) => told(await store.summary({ ...QUESTION, filter })).attempts;
    expect(await attempts({ include: [{ verdict: ["AUDIT"] }], exclude: [] })).toBe(1);
    expect(await attempts({ include: [{ reason: ["deny", "other"] }], exclude: [] })).toBe(3);
    expect(await attempts({ include: [{ traffic_direction: ["INGRESS"] }], exclude: [] })).toBe(1);
    expect(await attempts({ include: [], exclude: [{ reason: ["audit"] }] })).toBe(3);
    expect(await attempts({ include: [], exclude: [{ traffic_direction: ["EGRESS"] }] })).toBe(0);
  });

  it("has no window before and nothing new where it does not reach back", async () => {
    const store = await storeWith(DAY.slice(1));
    const summary = told(await store.summary(QUESTION));
    expect([summary.before, summary.senders.fresh, summary.destinations.fresh]).toEqual([undefined, 0, 0]);
  });
});

describe("groups", () => {
  it("has a row per key, with null for 'has none' and NEW for what the past does not know", async () => {
    const store = await storeWith([...DAY, flow("icmp", 80, { protocol: "ICMPv4", sourcePort: -1, destinationPort: -1 })]);
    const table = told(await store.groups({ ...GROUPS, by: ["workload", "port"] }));
    expect(
      table.rows.map(({ key, attempts, packets, isNew, attemptsBefore }) => [...key, attempts, packets, isNew, attemptsBefore]),
    ).toEqual([
      ["prod/api", "443", 2, 5, false, 1],
      ["prod/api", null, 1, 1, true, 0],
      ["shop/web", "53", 1, 1, true, 0],
    ]);
    expect(table).toMatchObject({ total: 3, totals: { attempts: 4, packets: 7 } });
  });

  it("keeps an attempt in each group its packets show, and once in the totals", async () => {
    const moved = flow("a3", 15, { destination: WORLD });
    const store = await storeWith([...DAY, moved]);
    const table = told(await store.groups({ ...GROUPS, by: ["group"] }));
    expect(table.rows.map(({ key, attempts }) => [...key, attempts])).toEqual([
      ["corp-deny", 2],
      ["world", 2],
    ]);
    expect(table.totals.attempts).toBe(3);
  });

  it("says when rows are left out", async () => {
    const store = await storeWith(DAY);
    const answer = await store.groups({ ...GROUPS, by: ["workload"], limit: 1 });
    expect(answer.problem ? undefined : answer.coverage.truncated).toEqual({ shown: 1, total: 2 });
  });
});

describe("siblings and duplicates", () => {
  const verdict = {
    eventType: 5,
    eventSubType: 0,
    deniedBy: [{ name: "deny", namespace: "prod", kind: "CiliumNetworkPolicy", labels: [], revision: "3" }],
  };

  it("shows the two records of one packet as one, with what both know", async () => {
    const store = await storeWith([flow("v", 10, { ...verdict, destination: WORLD }), flow("d", 10)]);
    expect(told(await store.summary(QUESTION))).toMatchObject({ attempts: 1, packets: 1 });
    const page = told(await store.flows({ ...QUESTION, after: undefined, limit: 10, newestFirst: true }));
    expect(page.rows).toHaveLength(1);
    expect(page.rows[0]).toMatchObject({ id: "v", group: "corp-deny", policies: ["prod/deny"], packets: 1 });
    const detail = told(await store.flow("d"));
    expect([detail.line, detail.sibling]).toEqual(["the line of v", { id: "d", line: "the line of d" }]);
  });

  it("pairs a record once, and not across nodes or more than two milliseconds", async () => {
    const store = await storeWith([
      flow("v", 10, verdict),
      flow("d1", 10),
      flow("d2", 10),
      flow("elsewhere", 10, { ...verdict, node: "aks-prod/n2" }),
      flow("late", 10, { ...verdict, time: flow("x", 10).time + 2_000_001n }),
    ]);
    expect(told(await store.flows({ ...QUESTION, after: undefined, limit: 10, newestFirst: false })).rows.map(({ id }) => id)).toEqual([
      "d2",
      "elsewhere",
      "v",
      "late",
    ]);
  });

  it("stores an event once, and counts its line each time", async () => {
    const store = await storeWith(DAY);
    expect(await store.append(sampleBatch(DAY))).toEqual({ stored: 0, duplicates: DAY.length });
    const status = told(await store.status());
    expect(status.lines).toMatchObject({ total: 2 * DAY.length, flows: 2 * DAY.length, duplicates: DAY.length });
    expect(status.span).toEqual({ oldest: "2025-01-23T07:50:00Z", newest: "2025-01-23T09:00:00Z" });
  });

  it("never takes flows without uuid for one another", async () => {
    const store = await storeWith([flow("", 10), flow("", 10)]);
    const { rows } = told(await store.flows({ ...QUESTION, after: undefined, limit: 10, newestFirst: true }));
    expect(new Set(rows.map(({ id }) => id)).size).toBe(2);
  });
});

describe("single flows", () => {
  it("turns pages without losing or repeating a row", async () => {
    const same = Array.from({ length: 25 }, (_, index) => flow(`f${index}`, index % 3, { sourcePort: index }));
    const store = await storeWith(same);
    const ids: string[] = [];
    for (let after: string | undefined, page = 0; page < 9; page++) {
      const answer = told(await store.flows({ ...QUESTION, after, limit: 7, newestFirst: true }));
      ids.push(...answer.rows.map(({ id }) => id));
      after = answer.next;
      if (after === undefined) break;
    }
    expect([ids.length, new Set(ids).size]).toEqual([25, 25]);
  });

  it("finds the nearest flow on either side of an empty window", async () => {
    const store = await storeWith(DAY);
    const nearest = async (from: number, to: number) => told(await store.nearest({ ...QUESTION, window: { from, to } }))?.time;
    expect(await nearest(START - 9 * HOUR, START - 8 * HOUR)).toBe("2025-01-23T07:50:00Z");
    expect(await nearest(START + 9 * HOUR, START + 10 * HOUR)).toBe("2025-01-23T09:00:00Z");
    expect(await nearest(START, START + 15_000)).toBe("2025-01-23T08:00:12Z");
    expect(told(await store.nearest({ ...QUESTION, text: "nobody" }))).toBeUndefined();
  });

  it("says what is wrong with an id, a page mark and a filter", async () => {
    const store = await storeWith(DAY);
    expect((await store.flow("nobody")).problem?.kind).toBe("not-found");
    expect((await store.flows({ ...QUESTION, after: "yesterday", limit: 1, newestFirst: true })).problem?.kind).toBe("bad-question");
    const filter = { include: [{ port: ["443"] }, { destination_port: ["443", "https"] }], exclude: [] };
    expect((await store.summary({ ...QUESTION, filter })).problem).toMatchObject({
      kind: "bad-question",
      detail: 'include, clause 2, destination_port, value 2: invalid port "https".',
    });
  });
});

describe("timeline and facets", () => {
  it("counts each attempt of a series in the bucket of its first packet", async () => {
    const store = await storeWith([...DAY, flow("a4", 1900)]);
    const timeline = told(await store.timeline({ ...QUESTION, buckets: 4, split: "reason" }));
    expect(timeline).toMatchObject({ start: START, width: 900_000, count: 4 });
    expect(timeline.series).toEqual([
      { name: "deny", values: [2, 0, 0, 0] },
      { name: "default", values: [1, 0, 0, 0] },
    ]);
    expect(timeline.before).toEqual([0, 0, 0, 1]);
    expect(timeline.fresh).toEqual([{ workload: "shop/web", at: START + 30_000 }]);
  });

  it("leaves a facet's own choice out of its counts, and offers other reasons", async () => {
    const store = await storeWith(DAY);
    const filter = { include: [{ workload: ["prod/api"], reason: ["deny"] }], exclude: [] };
    const facets = told(await store.facets({ ...QUESTION, filter, facets: ["workload", "reason", "port"], limit: 10, search: {} }));
    expect(facets.map(({ dimension, values }) => [dimension, values.map(({ value, attempts }) => `${value} ${attempts}`)])).toEqual([
      ["workload", ["prod/api 2"]],
      ["reason", ["deny 2", "audit 1", "other 1"]],
      ["port", ["443 2"]],
    ]);
  });
});
