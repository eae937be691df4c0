/** What every store has to do, as tests: run by each store's own test file with a way to make an empty one. */
import { describe, expect, test } from "vitest";
import type { Batch } from "#lib/flows/batch.ts";
import type { Flow, LineShape } from "#lib/flows/flow.ts";
import type { Question } from "#lib/questions/question.ts";
import { sampleBatch, sampleEndpoint, sampleFlow } from "#lib/testing/sample-flow.ts";
import type { Store } from "./law.ts";

const START = 1_737_619_200_000;
const MS = 1_000_000n;
const WHOLE: Question = { window: { from: START - 3_600_000, to: START + 3_600_000 }, filter: { include: [], exclude: [] }, text: "" };

const uuidOf = (number: number): string => `00000000-0000-4000-8000-${number.toString(16).padStart(12, "0")}`;
const at = (ms: number, different: Partial<Flow> = {}): Flow =>
  sampleFlow({ time: BigInt(START + ms) * MS, uuid: uuidOf(ms + 100_000), ...different });

export function describeStore(name: string, makeStore: () => Promise<Store>): void {
  const withStore = async (work: (store: Store) => Promise<void>): Promise<void> => {
    const store = await makeStore();
    try {
      await work(store);
    } finally {
      await store.close();
    }
  };
  const summaryOf = async (store: Store, question: Question = WHOLE) => {
    const told = await store.summary(question);
    if (told.problem) throw new Error(told.problem.detail);
    return told.answer;
  };

  describe(`${name} keeps the contract of a store`, () => {
    test("an empty store answers, and says that it holds nothing", async () => {
      await withStore(async (store) => {
        expect(await summaryOf(store)).toMatchObject({ attempts: 0, packets: 0, before: undefined });
        const status = await store.status();
        expect(status.answer?.span).toBeUndefined();
        expect(status.answer?.lines.total).toBe(0);
        expect((await store.nearest(WHOLE)).answer).toBeUndefined();
        expect((await store.flows({ ...WHOLE, after: undefined, limit: 10, newestFirst: true })).answer).toEqual({
          rows: [],
          next: undefined,
        });
      });
    });

    test("packets of one 5-tuple are one attempt, however many batches they come in", async () => {
      await withStore(async (store) => {
        await store.append(sampleBatch([at(0), at(1000)], "a", 1));
        await store.append(sampleBatch([at(3000), at(3001, { sourcePort: 9 })], "a", 2));
        await store.append(sampleBatch([at(7000)], "a", 3));
        expect(await summaryOf(store)).toMatchObject({ attempts: 2, packets: 5 });
        const late = { ...WHOLE, window: { from: START + 2000, to: START + 3_600_000 } };
        expect(await summaryOf(store, late)).toMatchObject({ attempts: 2, packets: 3, before: { attempts: 1, packets: 2 } });
      });
    });

    test("a window holds its first millisecond and not its last", async () => {
      await withStore(async (store) => {
        await store.append(sampleBatch([at(0), at(10, { sourcePort: 1 })]));
        const window = { from: START, to: START + 10 };
        expect(await summaryOf(store, { ...WHOLE, window })).toMatchObject({ attempts: 1 });
        expect(await summaryOf(store, { ...WHOLE, window: { from: START, to: START + 11 } })).toMatchObject({ attempts: 2 });
      });
    });

    test("the two records of one packet count once, in either order and over batches", async () => {
      await withStore(async (store) => {
        const policy = [{ name: "deny-all", namespace: "", kind: "CiliumClusterwideNetworkPolicy", labels: [], revision: "1" }];
        const verdict = (ms: number, port: number): Flow => at(ms, { eventType: 5, eventSubType: 0, deniedBy: policy, sourcePort: port });
        await store.append(sampleBatch([verdict(0, 1), at(1, { sourcePort: 1 }), at(10, { sourcePort: 2 })], "a", 1));
        await store.append(sampleBatch([verdict(11, 2), verdict(20, 3)], "a", 2));
        expect(await summaryOf(store)).toMatchObject({ attempts: 3, packets: 3 });
        const page = await store.flows({ ...WHOLE, after: undefined, limit: 10, newestFirst: false });
        expect(page.answer?.rows.map((row) => [row.id, row.policies])).toEqual([
          [uuidOf(100_000), ["deny-all"]],
          [uuidOf(100_010), ["deny-all"]],
          [uuidOf(100_020), ["deny-all"]],
        ]);
        const byPolicy = { ...WHOLE, filter: { include: [{ policy: ["deny-all"] }], exclude: [] } };
        expect(await summaryOf(store, byPolicy)).toMatchObject({ attempts: 3, packets: 3 });
        const detail = await store.flow(uuidOf(100_010));
        expect(detail.answer?.sibling).toEqual({ id: uuidOf(100_011), line: `the line of ${uuidOf(100_011)}` });
        expect((await store.flow(uuidOf(100_011))).answer?.row.id).toBe(uuidOf(100_010));
      });
    });

    test("a uuid is stored once, and the line sum keeps", async () => {
      await withStore(async (store) => {
        expect(await store.append(sampleBatch([at(0), at(0), at(1)]))).toEqual({ stored: 2, duplicates: 1 });
        expect(await store.append(sampleBatch([at(1)], "other", 1))).toEqual({ stored: 0, duplicates: 1 });
        const { lines } = (await store.status()).answer ?? {};
        expect(lines).toMatchObject({ total: 4, flows: 4, duplicates: 2 });
      });
    });

    test("lines without a uuid are all kept, each with an id of its own", async () => {
      await withStore(async (store) => {
        await store.append(sampleBatch([at(0, { uuid: "" }), at(0, { uuid: "" }), at(0, { uuid: "not-a-uuid" })]));
        const page = await store.flows({ ...WHOLE, after: undefined, limit: 10, newestFirst: true });
        const ids = page.answer?.rows.map((row) => row.id) ?? [];
        expect(new Set(ids).size).toBe(3);
        expect(ids).toContain("not-a-uuid");
        for (const id of ids) expect((await store.flow(id)).answer?.row.id).toBe(id);
        const none = { ...WHOLE, filter: { include: [{ uuid: [""] }], exclude: [] } };
        expect(await summaryOf(store, none)).toMatchObject({ packets: 2 });
      });
    });

    test("a flow that is not here is a problem with a next step", async () => {
      await withStore(async (store) => {
        const told = await store.flow("nothing");
        expect(told.problem).toMatchObject({ kind: "not-found" });
        expect(told.problem?.next).not.toBe("");
      });
    });

    test("a filter that means nothing is a problem, not an empty answer", async () => {
      await withStore(async (store) => {
        const question = { ...WHOLE, filter: { include: [{ destination_port: ["http"] }], exclude: [] } };
        expect((await store.summary(question)).problem).toMatchObject({ kind: "bad-question" });
        expect((await store.flows({ ...question, after: undefined, limit: 1, newestFirst: true })).problem).toMatchObject({
          kind: "bad-question",
        });
        expect((await store.flows({ ...WHOLE, after: "rubbish", limit: 1, newestFirst: true })).problem).toMatchObject({
          kind: "bad-question",
        });
      });
    });

    test("nanoseconds and large counts survive", async () => {
      await withStore(async (store) => {
        const time = 1_737_619_200_123_456_789n;
        await store.append(sampleBatch([at(0, { time, packets: 3_000_000_000 })]));
        const page = await store.flows({ ...WHOLE, after: undefined, limit: 1, newestFirst: true });
        expect(page.answer?.rows[0]).toMatchObject({ time: "2025-01-23T08:00:00.123456789Z", packets: 3_000_000_000 });
      });
    });

    test.each(HOSTILE_TEXTS)("hostile text comes back as it was: $what", async ({ text }) => {
      await withStore(async (store) => {
        const source = sampleEndpoint({ namespace: text, pod: text, labels: [text], workloads: [{ name: text, kind: text }] });
        const policy = [{ name: text, namespace: "", kind: "", labels: [], revision: "" }];
        await store.append(
          sampleBatch([
            at(0, { source, destinationNames: [text], deniedBy: policy, node: text, uuid: text, verdict: text, ...lineOf(text) }),
          ]),
        );
        const groups = await store.groups({
          ...WHOLE,
          by: ["namespace", "name", "policy", "node"],
          order: "attempts",
          descending: true,
          offset: 0,
          limit: 5,
          sparkPoints: 0,
        });
        expect(groups.answer?.rows[0]?.key).toEqual([text, text, text, text]);
        const filtered = { ...WHOLE, filter: { include: [{ namespace: [text], node: [text] }], exclude: [] } };
        expect(await summaryOf(store, filtered)).toMatchObject({ attempts: 1 });
        const told = await store.flow(text);
        expect(told.answer?.row).toMatchObject({ id: text, namespace: text, verdict: text });
        expect(told.answer?.sourceLabels).toEqual([text]);
      });
    });

    test("every line comes back byte for byte", async () => {
      await withStore(async (store) => {
        const lines = ["plain", "with \u0000 inside", "latin1 \u00e4\u00ff\u0080", "x".repeat(64_000), ""];
        const flows = lines.map((line, index) => at(index, { sourcePort: index + 1, ...lineOf(line) }));
        await store.append(sampleBatch(flows));
        for (const [index, line] of lines.entries()) {
          const told = await store.flow(uuidOf(100_000 + index));
          expect(told.answer?.line).toBe(new TextDecoder().decode(Uint8Array.from(line, (char) => char.charCodeAt(0))));
        }
      });
    });

    test("lost events, rejects and the agent's words are told", async () => {
      await withStore(async (store) => {
        const batch: Batch = {
          ...sampleBatch([at(0)]),
          tally: {
            total: 6,
            flows: 1,
            notices: 1,
            agent: 2,
            rejected: 2,
            rejectedBy: { cut: 1, __proto__x: 1 },
            lost: { HUBBLE_RING_BUFFER: 12 },
          },
          samples: [{ feed: "f", reason: "cut", detail: "ends early", sample: "{\u0000" }],
          agentWords: [{ feed: "f", time: "", level: "warning", text: "no luck" }],
        };
        await store.append(batch);
        await store.append({ ...batch, flows: [], samples: [] });
        const status = (await store.status()).answer;
        expect(status?.lines).toMatchObject({
          total: 12,
          flows: 2,
          notices: 2,
          agent: 4,
          rejected: 4,
          rejectedBy: { cut: 2, __proto__x: 2 },
        });
        expect(status?.lost).toEqual({ HUBBLE_RING_BUFFER: 24 });
        const details = (await store.coverage(WHOLE)).answer;
        expect(details?.samples).toEqual([{ feed: "f", reason: "cut", detail: "ends early", sample: "{\u0000" }]);
        expect(details?.nodes).toMatchObject([{ node: "aks-prod/n1", flows: 1 }]);
      });
    });

    test("a feed's position is what its last batch said", async () => {
      await withStore(async (store) => {
        expect(await store.position("a")).toBeUndefined();
        await store.append({ ...sampleBatch([at(0)]), position: { feed: "a", offset: 10, state: "one" } });
        await store.append({ ...sampleBatch([]), position: { feed: "a", offset: 2 ** 40, state: "two" } });
        expect(await store.position("a")).toEqual({ feed: "a", offset: 2 ** 40, state: "two" });
        expect(await store.position("b")).toBeUndefined();
      });
    });
  });
}

const WHOLE_LINE: LineShape = { pieces: ["", ""], kinds: ["text"] };
const lineOf = (line: string): Pick<Flow, "parts"> => ({ parts: { shape: WHOLE_LINE, holes: [line] } });

const HOSTILE_TEXTS = [
  { what: "__proto__", text: "__proto__" },
  { what: "NUL", text: "a\u0000b" },
  { what: "right to left", text: "\u202egnp.exe" },
  { what: "lone surrogate", text: "\ud800x" },
  { what: "emoji and quotes", text: "🛑'\"\\;--" },
  { what: "64 kB", text: "ä".repeat(32_000) },
];
