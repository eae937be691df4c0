import fc from "fast-check";
import { expect, it } from "vitest";
import { randomFlow } from "#lib/testing/random-flows.ts";
import { sampleFlow } from "#lib/testing/sample-flow.ts";
import { batchOf } from "./batch.ts";
import type { Flow } from "./flow.ts";
import { flowsOf } from "./flow-of-row.ts";
import { columnsOf, FlowRows } from "./flow-rows.ts";
import { readUuid, readUuidAt, uuidText } from "./uuid-words.ts";

const KINDS = [
  "time",
  "time_short",
  "uuid",
  "source_ip",
  "destination_ip",
  "source_port",
  "destination_port",
  "node",
  "source",
  "text",
] as const;

/** Holes that say what the record says, and holes that say something else. */
const told = (flow: Flow, short: boolean): readonly string[] => [
  "2025-01-23T08:00:00.500Z",
  short ? "2025-01-23T08:00:00.5Z" : "2025-01-23T08:00:00.500Z",
  flow.uuid,
  flow.sourceIp,
  flow.destinationIp,
  String(flow.sourcePort),
  String(flow.destinationPort),
  flow.node,
  '{"ID":1}',
  "any",
];

it("gives back the flows that went in, batch after batch", () => {
  const rows = new FlowRows();
  fc.assert(
    fc.property(fc.array(randomFlow, { maxLength: 20 }), (flows) => {
      expect(flowsOf(columnsOf(flows, rows))).toEqual(flows);
    }),
    { numRuns: 40 },
  );
});

it.each([
  ["2c5936a5-8806-4c5a-ac6d-d41fe2ebf467", true],
  ["2C5936A5-8806-4c5a-ac6d-d41fe2ebf467", false],
  ["", true],
  ["not a uuid", true],
])("keeps what holes say, told by the record or not (%s)", (uuid, short) => {
  const flow = sampleFlow({ uuid, time: 1_737_619_200_500_000_000n });
  const shape = { pieces: Array.from({ length: KINDS.length + 1 }, () => ""), kinds: KINDS };
  const flows = [told(flow, short), KINDS.map(() => "other"), KINDS.map(() => "")].map((holes) => ({ ...flow, parts: { shape, holes } }));
  expect(flowsOf(columnsOf(flows))).toEqual(flows);
  expect(batchOf(columnsOf(flows), rest).flows).toEqual(flows);
});

const rest = {
  tally: { total: 0, flows: 0, notices: 0, agent: 0, rejected: 0, rejectedBy: {}, lost: {} },
  samples: [],
  agentWords: [],
  position: { feed: "f", offset: 0, state: "" },
};

it("keeps the columns of a batch as they are while the next one is written", () => {
  const rows = new FlowRows();
  const [one, other] = [sampleFlow({ sourcePort: 1 }), sampleFlow({ sourcePort: 2, node: "another" })];
  const first = columnsOf([one], rows);
  const second = columnsOf([other, one], rows);
  expect([flowsOf(first), flowsOf(second)]).toEqual([[one], [other, one]]);
});

it("knows a model again by all of its numbers", () => {
  const rows = new FlowRows();
  const model = rows.addModel(Int32Array.of(1, 2, 3, 9), 3);
  expect(rows.isModel(model, Int32Array.of(1, 2, 3), 3)).toBe(true);
  expect(rows.isModel(model, Int32Array.of(1, 2, 4), 3)).toBe(false);
  expect(rows.isModel(model, Int32Array.of(1, 2, 3, 9), 4)).toBe(false);
  expect(rows.isModel(model + 1, Int32Array.of(1, 2, 3), 3)).toBe(false);
  rows.take();
  expect(rows.isModel(model, Int32Array.of(1, 2, 3), 3)).toBe(false);
});

it("reads a uuid as words and writes it again", () => {
  const words = new Uint32Array(4);
  fc.assert(
    fc.property(fc.uuid(), (uuid) => {
      expect(readUuid(uuid, words)).toBe(true);
      expect(uuidText(words, 0)).toBe(uuid);
    }),
  );
  expect(readUuidAt("x2c5936a5-8806-4c5a-ac6d-d41fe2ebf467y", 1, words)).toBe(true);
  expect(readUuid("2c5936a5-8806-4c5a-ac6d-d41fe2ebf46g", words)).toBe(false);
  expect(readUuid("2c5936a5-8806-4c5a-ac6d_d41fe2ebf467", words)).toBe(false);
  expect(readUuid("2c5936a5-8806-4c5a-ac6d-d41fe2ebf4670", words)).toBe(false);
});
