import { expect, it } from "vitest";
import { createPlainJoiner } from "#lib/testing/plain-joiner.ts";
import { createRecordingSink } from "#lib/testing/recording-sink.ts";
import { stubDecode } from "#lib/testing/stub-decoder.ts";
import { createIngest, type IngestParts } from "./ingest.ts";

function parts(sink: IngestParts["sink"], more: Partial<IngestParts> = {}): IngestParts {
  return {
    sink,
    feed: "feed",
    label: "a.log",
    decoder: { decode: stubDecode },
    joiner: createPlainJoiner(),
    limits: { flows: 3, bytes: 1 << 20, ms: 1_000 },
    now: () => 0,
    firstTime: 5n,
    state: () => "",
    start: 0,
    ...more,
  };
}

it("counts every line once, as what it is", async () => {
  const sink = createRecordingSink();
  const ingest = createIngest(parts(sink));
  const lines = ["flow a", "info hello", "reject x", "lost 7 HUBBLE_RING_BUFFER", "", "flow b", "reject y"];
  for (const [i, line] of lines.entries()) ingest.line(line, i + 1);
  await ingest.finish(true);
  expect(sink.batches[0]?.tally).toEqual({
    total: 7,
    flows: 2,
    notices: 1,
    agent: 2,
    rejected: 2,
    rejectedBy: { cut: 2 },
    lost: { HUBBLE_RING_BUFFER: 7 },
  });
});

it("sends a batch with the position behind its last line", async () => {
  const sink = createRecordingSink();
  const ingest = createIngest(parts(sink));
  for (let i = 1; i <= 7; i++) ingest.line(`flow ${i}`, i * 10);
  await ingest.finish(true);
  expect(sink.batches.map((batch) => [batch.flows.length, batch.position.offset])).toEqual([
    [3, 30],
    [3, 60],
    [1, 70],
  ]);
});

it("never cuts between the parts of one line, and leaves unread parts to the next run", async () => {
  const sink = createRecordingSink();
  const ingest = createIngest(parts(sink, { limits: { flows: 1, bytes: 1 << 20, ms: 1_000 } }));
  ingest.line("flow a", 10);
  ingest.line("flow \\", 20);
  await ingest.settle();
  ingest.line("b", 30);
  ingest.line("flow c\\", 40);
  await ingest.finish(false);
  expect(sink.uuids()).toEqual(["a", "b"]);
  expect(sink.batches.map((batch) => batch.position.offset)).toEqual([10, 30]);
});

it("gives waiting parts out at the end of the input", async () => {
  const sink = createRecordingSink();
  const ingest = createIngest(parts(sink));
  ingest.line("flow a\\", 10);
  await ingest.finish(true);
  expect(sink.uuids()).toEqual(["a"]);
});

it("falls back to the time of the flow before", async () => {
  const sink = createRecordingSink();
  const ingest = createIngest(parts(sink));
  for (const [i, line] of ["flow a", "flow b 77", "flow c"].entries()) ingest.line(line, i);
  await ingest.finish(true);
  expect(sink.batches.flatMap((batch) => batch.flows.map((flow) => flow.time))).toEqual([5n, 77n, 77n]);
});

it("sends what waited for long although it is little", async () => {
  const sink = createRecordingSink();
  let clock = 0;
  const ingest = createIngest(parts(sink, { now: () => clock }));
  ingest.line("flow a", 10);
  await ingest.settle();
  expect(sink.batches).toHaveLength(0);
  clock = 1_000;
  await ingest.settle();
  await ingest.settle();
  expect(sink.batches).toHaveLength(1);
});

it("reads on only while the store keeps up", async () => {
  const gates: (() => void)[] = [];
  const sink = createRecordingSink(() => new Promise((resolve) => gates.push(resolve)));
  const ingest = createIngest(parts(sink, { limits: { flows: 1, bytes: 1 << 20, ms: 1_000 } }));
  ingest.line("flow a", 1);
  await ingest.settle();
  ingest.line("flow b", 2);
  let roomAgain = false;
  const second = ingest.settle().then(() => {
    roomAgain = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(roomAgain).toBe(false);
  gates[0]?.();
  await second;
  expect(gates).toHaveLength(2);
});

it("tells when the store fails", async () => {
  const sink = createRecordingSink(() => Promise.reject(new Error("disk full")));
  const ingest = createIngest(parts(sink));
  ingest.line("flow a", 1);
  await expect(ingest.finish(true)).rejects.toThrow("disk full");
});

it("keeps few samples, and the agent's words about its exporter", async () => {
  const sink = createRecordingSink();
  const ingest = createIngest(parts(sink, { limits: { flows: 10, bytes: 1 << 30, ms: 1_000 } }));
  for (let i = 0; i < 100; i++) ingest.line(`reject ${i}`, i);
  ingest.line("info Configuring Hubble event exporter", 101);
  ingest.line("info nothing to see", 102);
  ingest.line("warn something", 103);
  await ingest.finish(true);
  expect(sink.batches[0]?.samples).toHaveLength(5);
  expect(sink.batches[0]?.agentWords.map((word) => word.text)).toEqual(["info Configuring Hubble event exporter", "warn something"]);
});
