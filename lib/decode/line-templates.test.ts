/** What the store relies on: holes can be told again from the record, equal blocks are one object, and damage never enters a cache. */
import { expect, it } from "vitest";
import type { Flow, HoleKind } from "#lib/flows/flow.ts";
import { formatTime, formatTimeShort } from "#lib/flows/flow-time.ts";
import { createDecoder, type Decoder } from "./decoder.ts";
import { createRandom, goodLine, hostileLine } from "./fuzz-lines.ts";
import { lineOf } from "./line-text.ts";

const CONTEXT = { fallbackTime: undefined };
const told: Partial<Record<HoleKind, (flow: Flow) => string>> = {
  time: (flow) => formatTime(flow.time),
  time_short: (flow) => formatTimeShort(flow.time),
  uuid: (flow) => flow.uuid,
  source_ip: (flow) => flow.sourceIp,
  destination_ip: (flow) => flow.destinationIp,
  source_port: (flow) => String(flow.sourcePort),
  destination_port: (flow) => String(flow.destinationPort),
  node: (flow) => flow.node,
};

function flowOf(decoder: Decoder, line: string): Flow {
  const decoded = decoder.decode(line, CONTEXT);
  if (decoded.is !== "flow") throw new Error(line);
  return decoded.flow;
}

it("tells every hole again from the record, in both ways of decoding", () => {
  const random = createRandom(11);
  const lines = Array.from({ length: 1500 }, () => goodLine(random).line);
  for (const decoder of [createDecoder(), createDecoder({ templates: false })]) {
    for (const line of lines) {
      const flow = flowOf(decoder, line);
      expect(lineOf(flow.parts)).toBe(line);
      const { kinds, pieces } = flow.parts.shape;
      expect([pieces.length, flow.parts.holes.length]).toEqual([kinds.length + 1, kinds.length]);
      for (const [index, kind] of kinds.entries()) expect(told[kind]?.(flow) ?? flow.parts.holes[index]).toBe(flow.parts.holes[index]);
    }
  }
});

it("gives one object for equal blocks, and one shape for lines that differ in their holes only", () => {
  const decoder = createDecoder();
  const line = (port: number, second: number): string =>
    `{"flow":{"time":"2026-01-23T00:00:0${second}.5Z","uuid":"62b81705-ed79-4e5b-8f10-70a06970104${second}","verdict":"DROPPED","IP":{"source":"10.0.0.${second}","destination":"1.1.1.1"},"l4":{"TCP":{"source_port":${port},"destination_port":443}},"source":{"ID":1,"labels":["k8s:a=b"]},"destination":{"identity":2},"destination_names":["a.b"],"egress_denied_by":[{"name":"p"}]}}`;
  const [a, b, c] = [flowOf(decoder, line(4000, 1)), flowOf(decoder, line(5000, 2)), flowOf(decoder, line(6000, 3))];
  for (const other of [b, c]) {
    expect(other.source).toBe(a.source);
    expect(other.destination).toBe(a.destination);
    expect(other.parts.shape).toBe(a.parts.shape);
  }
  expect(c.deniedBy).toBe(b.deniedBy);
  expect(c.destinationNames).toBe(b.destinationNames);
});

it("decodes the same after any amount of damaged lines", () => {
  const random = createRandom(12);
  const decoder = createDecoder();
  const fresh = createDecoder({ templates: false });
  for (let round = 0; round < 600; round++) {
    const [good, other] = [goodLine(random), goodLine(random)];
    for (let damage = 0; damage < 4; damage++) decoder.decode(hostileLine(random, good, other), CONTEXT);
    const { parts: _, ...flow } = flowOf(decoder, good.line);
    const { parts: __, ...expected } = flowOf(fresh, good.line);
    expect(flow).toEqual(expected);
  }
});

it("does not take a value for another one that begins the same", () => {
  const decoder = createDecoder();
  const line = (node: string, ip: string, port: string): string =>
    `{"flow":{"time":"2026-01-23T00:00:01Z","verdict":"DROPPED","IP":{"source":"${ip}","destination":"1.1.1.1"},"l4":{"UDP":{"source_port":${port},"destination_port":53}},"node_name":"${node}"},"node_name":"${node}"}`;
  for (const [node, ip, port] of [
    ["n1", "10.0.0.1", "5"],
    ["n1", "10.0.0.1", "5"],
    ["n10", "10.0.0.1", "55"],
    ["n", "10.0.0.1", "5"],
    ["n1", "10.0.0.11", "555"],
  ] as const) {
    expect(flowOf(decoder, line(node, ip, port))).toMatchObject({ node, sourceIp: ip, sourcePort: Number(port) });
  }
  for (const port of ["05", "65536", "1e3", "-1", "5.0"]) {
    const [fast, slow] = [
      decoder.decode(line("n1", "10.0.0.1", port), CONTEXT),
      createDecoder({ templates: false }).decode(line("n1", "10.0.0.1", port), CONTEXT),
    ];
    expect(fast).toEqual(slow);
  }
});
