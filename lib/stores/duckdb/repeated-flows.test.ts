import { expect, it } from "vitest";
import type { Flow } from "#lib/flows/flow.ts";
import { sampleFlow } from "#lib/testing/sample-flow.ts";
import { createRepeatedFlows } from "./repeated-flows.ts";

const first = sampleFlow({ uuid: "a", sourcePort: 40_000, destinationPort: 443 });

function rowAlike(second: Flow, flowAt: (row: number) => Flow | undefined = () => first): number {
  const repeated = createRepeatedFlows(flowAt);
  expect(repeated.rowAlike(first, 0)).toBe(-1);
  return repeated.rowAlike(second, 1);
}

it("knows a retry by everything but its time, uuid and packets", () => {
  expect(rowAlike({ ...first, uuid: "b", time: first.time + 1n, packets: 7 })).toBe(0);
});

it.each<Partial<Flow>>([
  { sourceIp: "192.0.2.77" },
  { destinationIp: "192.0.2.78" },
  { sourcePort: 40_001 },
  { destinationPort: 80 },
  { protocol: "UDP" },
  { node: "another" },
  { source: { ...first.source } },
  { destination: { ...first.destination } },
  { destinationNames: ["another.example.com"] },
  { deniedBy: [{ name: "p", namespace: "n", kind: "k", labels: [], revision: "" }] },
  { policyLog: ["a word"] },
  { verdict: "AUDIT" },
  { reason: "audit" },
  { dropReason: 7 },
  { dropReasonName: "ANOTHER" },
  { eventType: 5 },
  { eventSubType: 9 },
  { direction: "ingress" },
  { isReply: true },
])("takes a flow with %o for another", (change) => {
  expect(rowAlike({ ...first, ...change })).toBe(-1);
});

it("does not compare with a row that is no model", () => {
  expect(rowAlike({ ...first, uuid: "b" }, () => undefined)).toBe(-1);
});
