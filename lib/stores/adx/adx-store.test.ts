import { afterAll, beforeEach, describe, expect, test } from "vitest";
import type { Flow } from "#lib/flows/flow.ts";
import type { Question } from "#lib/questions/question.ts";
import { exportedLine } from "#lib/testing/exported-line.ts";
import { asLogged, type KustoStore, openKustoStore } from "#lib/testing/kusto-store.ts";
import { recordQueries } from "#lib/testing/recorded-queries.ts";
import { sampleBatch, sampleEndpoint, sampleFlow } from "#lib/testing/sample-flow.ts";
import type { TableShape } from "./adx-settings.ts";
import { queryText } from "./kusto-query.ts";

const START = 1_737_619_200_000;
const WHOLE: Question = { window: { from: START - 3_600_000, to: START + 3_600_000 }, filter: { include: [], exclude: [] }, text: "" };
const uuidOf = (number: number): string => `00000000-0000-4000-8000-${number.toString(16).padStart(12, "0")}`;
const at = (ms: number, different: Partial<Flow> = {}): Flow =>
  sampleFlow({ time: BigInt(START + ms) * 1_000_000n, uuid: uuidOf(ms + 100_000), ...different });

/** One whose columns are stored, and the one with the most variants; the law goes over all. */
const SHAPES = ["typed", "fluent-bit"] as const satisfies readonly TableShape[];
const opened = new Map<string, KustoStore>();
for (const shape of SHAPES) opened.set(shape, await openKustoStore(shape, () => START + 60_000));
afterAll(() => Promise.all([...opened.values()].map((one) => one.close())));

describe.each(SHAPES)("over a %s table", (shape) => {
  const kusto = opened.get(shape);
  if (kusto === undefined) throw new Error("not opened");
  const { store } = kusto;
  beforeEach(() => kusto.empty());
  const hold = (...flows: readonly Flow[]) => store.append(sampleBatch(flows));
  const page = async (different: Partial<Parameters<typeof store.flows>[0]> = {}) =>
    (await store.flows({ ...WHOLE, after: undefined, limit: 10, newestFirst: false, ...different })).answer;

  test("an empty table answers, and says that it holds nothing", async () => {
    expect((await store.summary(WHOLE)).answer).toMatchObject({ attempts: 0, packets: 0, before: undefined });
    const { answer } = await store.status();
    expect(answer).toMatchObject({ span: undefined, nodes: 0 });
    expect(answer?.lines.total).toBe(0);
    expect(await page()).toEqual({ rows: [], next: undefined });
    expect((await store.nearest(WHOLE)).answer).toBeUndefined();
  });

  test("a flow is found by the id of either record of its packet, with both lines and its attempt", async () => {
    const policy = [{ name: "deny-all", namespace: "prod", kind: "CiliumNetworkPolicy", labels: [], revision: "1" }];
    const [verdict, drop, again] = [
      at(0, { eventType: 5, eventSubType: 0, deniedBy: policy, policyLog: ["said"] }),
      at(1, { destinationNames: ["a.example.com"] }),
      at(500),
    ];
    await hold(verdict, drop, again, at(700, { sourcePort: 9 }));
    for (const id of [verdict.uuid, drop.uuid]) {
      const { answer } = await store.flow(id);
      expect(answer).toMatchObject({
        row: { id: verdict.uuid, policies: ["prod/deny-all"], names: ["a.example.com"], group: "corp-deny", alsoIn: ["world"] },
        deniedBy: [{ name: "deny-all", namespace: "prod", kind: "CiliumNetworkPolicy" }],
        policyLog: ["said"],
        sourceLabels: ["k8s:app=api"],
        sibling: { id: drop.uuid },
        attempt: [{ id: verdict.uuid }, { id: again.uuid }],
      });
      expect(JSON.parse(answer?.line ?? "")).toMatchObject(JSON.parse(exportedLine(verdict)));
      expect(JSON.parse(answer?.sibling?.line ?? "")).toMatchObject(JSON.parse(exportedLine(drop)));
    }
    expect((await store.flow(again.uuid)).answer?.sibling).toBeUndefined();
    expect((await store.flow("nothing")).problem).toMatchObject({ kind: "not-found" });
    expect((await store.flow("' or true //")).problem).toMatchObject({ kind: "not-found" });
  });

  test("what was delivered twice counts once, and is told", async () => {
    await hold(at(0), at(0), at(1, { uuid: "" }), at(1, { uuid: "" }));
    expect((await store.summary(WHOLE)).answer).toMatchObject({ attempts: 1, packets: 2 });
    expect((await store.status()).answer?.lines).toMatchObject({ total: 4, duplicates: 2 });
    const ids = (await page())?.rows.map(({ id }) => id) ?? [];
    expect(ids).toEqual([uuidOf(100_000), expect.stringMatching(/^~[0-9a-f]{16}$/)]);
    expect((await store.flow(ids[1] ?? "")).answer?.row.id).toBe(ids[1]);
  });

  test("flows of one instant keep one order over pages, both ways", async () => {
    await hold(...Array.from({ length: 7 }, (_, index) => at(0, { uuid: uuidOf((index * 5) % 7), sourcePort: index + 1 })));
    for (const newestFirst of [true, false]) {
      const ids: string[] = [];
      let after: string | undefined;
      do {
        const rows = await page({ after, limit: 2, newestFirst });
        ids.push(...(rows?.rows.map(({ id }) => id) ?? []));
        after = rows?.next;
      } while (after !== undefined);
      const expected = Array.from({ length: 7 }, (_, index) => uuidOf(index));
      expect(ids).toEqual(newestFirst ? expected.reverse() : expected);
    }
  });

  test("a time keeps the seven digits that a datetime has", async () => {
    await hold(at(0, { time: BigInt(START) * 1_000_000n + 123_456_789n }));
    expect((await page())?.rows[0]?.time).toBe("2025-01-23T08:00:00.123456700Z");
  });

  test("what only KQL cannot say is refused with the reason, what means nothing as ever", async () => {
    const asked = (include: Question["filter"]["include"]) => store.summary({ ...WHOLE, filter: { include, exclude: [] } });
    expect((await asked([{ http_path: ["/a"] }])).problem).toMatchObject({
      kind: "bad-question",
      detail: expect.stringContaining("http_path"),
    });
    expect((await asked([{ destination_port: ["http"] }])).problem).toMatchObject({ kind: "bad-question" });
    expect((await store.flows({ ...WHOLE, after: "rubbish", limit: 1, newestFirst: true })).problem).toMatchObject({
      kind: "bad-question",
    });
  });

  test("hostile names are values like others", async () => {
    const hostile = ["__proto__", "a'b\"c\\d", "'; drop table flows; --", "\u202egpj.exe", "🛑", "]]) | take 0 //"];
    await hold(...hostile.map((pod, index) => at(index, { source: sampleEndpoint({ namespace: "n", pod }), sourcePort: index + 1 })));
    const groups = { ...WHOLE, by: ["pod"] as const, order: "key" as const, descending: false, offset: 0, limit: 50, sparkPoints: 0 };
    const { answer } = await store.groups(groups);
    expect(answer?.rows.map(({ key }) => key[0]).toSorted()).toEqual(hostile.map((pod) => `n/${pod}`).toSorted());
    for (const pod of hostile) {
      const one = { ...WHOLE, filter: { include: [{ pod: [`n/${pod}`] }], exclude: [] } };
      expect((await store.summary(one)).answer?.attempts, pod).toBe(1);
      expect((await store.summary({ ...WHOLE, text: pod })).answer?.attempts, pod).toBe(1);
    }
  });
});

test("no value changes the text of a query, whatever stands in it", async () => {
  const { store, asked } = recordQueries({ shape: "fluent-bit", table: "", days: 14 }, () => START + 60_000);
  const hostile = ['"; T | take 0 //', "') or true or ('", "`", "\\", "\u0000", "]] | count", "{{", "a\nb"];
  const textsOf = async (value: string): Promise<readonly string[]> => {
    const before = asked.length;
    const filter = { include: [{ pod: [value], node: [value], group: [value, value], name: [value] }], exclude: [{ policy: [value] }] };
    const question = { ...WHOLE, filter, text: value };
    await store.summary(question);
    await store.groups({
      ...question,
      by: ["pod", `label:${value}`],
      order: "attempts",
      descending: true,
      offset: 0,
      limit: 5,
      sparkPoints: 3,
    });
    await store.timeline({ ...question, buckets: 10, split: "group" });
    await store.facets({ ...question, facets: ["pod", "group"], limit: 5, search: { pod: value } });
    await store.flows({ ...question, after: `2025-01-23T08:00:00Z,${value}`, limit: 5, newestFirst: true });
    await store.nearest(question);
    await store.flow(value);
    return asked.slice(before).map(queryText);
  };
  const plain = await textsOf("plain");
  expect(plain.length).toBeGreaterThan(10);
  for (const value of hostile) expect(await textsOf(value), value).toEqual(plain);
});

test("the flows of a test are what a decoder makes of their lines", () => {
  expect(asLogged([at(0)])[0]).toMatchObject({ ...at(0), timeFrom: "flow", parts: expect.anything(), detail: expect.anything() });
});
