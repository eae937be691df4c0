/** A flow that comes through a relay is the flow that the exporter's line tells. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createDecoder } from "#lib/decode/decoder.ts";
import { flowJsonOf } from "#lib/decode/flow-json.ts";
import { createLineJoiner } from "#lib/decode/join-lines.ts";
import { latin1Of, utf8Of } from "#lib/decode/line-text.ts";
import { demoLines } from "#lib/feeds/demo/demo-lines.ts";
import type { Flow } from "#lib/flows/flow.ts";
import { HOSTILE } from "#lib/testing/hostile-texts.ts";
import { soakLine } from "../../../bin/soak/soak-lines.ts";
import { lineBytes, responseBytes } from "../../../e2e/relay-stand-in/flow-bytes.ts";
import { encodeMessage, OBSERVER_CALLS } from "./observer-api.ts";
import { readRelayMessage } from "./relay-message.ts";

const folder = new URL("../../decode/fixtures/real-flows/", import.meta.url);

/** Every flow that was found in public, as its exporter's envelope. */
function realFlows(): { file: string; json: Record<string, unknown> }[] {
  const decoder = createDecoder();
  return readdirSync(folder).flatMap((file) => {
    const joiner = createLineJoiner();
    const physical = readFileSync(new URL(file, folder), "latin1").replace(/\n$/, "").split("\n");
    return [...physical.flatMap((line) => joiner.push(line)), ...joiner.flush()].flatMap((line) => {
      const decoded = decoder.decode(line, { fallbackTime: undefined });
      const flow = decoded.is === "flow" ? flowJsonOf(decoded.flow) : undefined;
      return flow === undefined ? [] : [{ file, json: { flow, node_name: flow.node_name, time: flow.time } }];
    });
  });
}

/** Apart from the way it is written down. */
function told({ parts: _parts, ...flow }: Flow): Omit<Flow, "parts"> {
  return flow;
}

const slowly = createDecoder({ templates: false });

function flowOf(line: string): Omit<Flow, "parts"> {
  const decoded = slowly.decode(line, { fallbackTime: undefined });
  if (decoded.is !== "flow") throw new Error(JSON.stringify(decoded));
  return told(decoded.flow);
}

describe("flows found in public", () => {
  const { response } = OBSERVER_CALLS.GetFlows;
  const all = realFlows();
  const valid = all.filter(({ json }) => {
    try {
      return encodeMessage(response, JSON.parse(JSON.stringify(json))).length > 0;
    } catch {
      return false;
    }
  });

  it("are messages of the wire, but for those that were shortened by hand", () => {
    expect(valid.length).toBeGreaterThanOrEqual(all.length * 0.8);
    expect(new Set(valid.map(({ file }) => file)).size).toBeGreaterThan(8);
  });

  it.each(valid.map((one, at) => ({ ...one, at })))("$file, flow $at", ({ json }) => {
    const line = JSON.stringify(json);
    const message = readRelayMessage(lineBytes(line));
    expect(message.is).toBe("flow");
    if (message.is === "unreadable") return;
    expect(flowOf(message.line)).toEqual(flowOf(latin1Of(line)));
  });
});

it("made-up flows and events come through as they are written", () => {
  const decoder = createDecoder();
  let flows = 0;
  for (const line of [...demoLines({ seed: 3, until: Date.parse("2026-11-23T12:00:00Z"), flows: 300 })].slice(0, 300)) {
    const decoded = decoder.decode(line, { fallbackTime: undefined });
    if (decoded.is !== "flow") continue;
    flows += 1;
    const message = readRelayMessage(lineBytes(utf8Of(line)));
    expect(message.is === "unreadable" ? message : flowOf(message.line)).toEqual(told(decoded.flow));
  }
  expect(flows).toBeGreaterThan(200);
});

it("tells uuid, node and time, and knows a flow without a uuid by its line", () => {
  const line = soakLine(7, "node-1", Date.parse("2026-11-23T12:00:00Z"));
  expect(readRelayMessage(lineBytes(line))).toMatchObject({
    is: "flow",
    node: "soak/node-1",
    time: 1_795_435_200_000_000_007n,
    hasUuid: true,
  });
  const [one, same, other] = [7, 7, 8].map((number) => readRelayMessage(lineBytes(soakLine(number, "n", 0, false))));
  expect(one).toMatchObject({ hasUuid: false });
  expect(one).toEqual(same);
  expect(one?.is === "flow" && other?.is === "flow" && one.id === other.id).toBe(false);
});

it("tells the relay's word on nodes, and lost events as exporters write them", () => {
  const status = responseBytes({ node_status: { state_change: "NODE_UNAVAILABLE", node_names: ["a", "b"], message: "refused" } });
  expect(readRelayMessage(status)).toMatchObject({
    is: "nodes",
    nodes: { state: "NODE_UNAVAILABLE", nodes: ["a", "b"], message: "refused" },
  });
  const lost = responseBytes({ lost_events: { source: "HUBBLE_RING_BUFFER", num_events_lost: "12", cpu: 0 }, node_name: "lab/n" });
  const message = readRelayMessage(lost);
  expect(message).toMatchObject({ is: "lost", line: expect.stringContaining('"num_events_lost":"12"') });
  const decoded = createDecoder().decode(message.is === "unreadable" ? "" : message.line, { fallbackTime: undefined });
  expect(decoded).toMatchObject({ is: "notice", notice: { lost: 12, lostAt: "HUBBLE_RING_BUFFER", node: "lab/n" } });
});

it("keeps hostile text as text, and refuses what is no UTF-8 or no message", () => {
  for (const text of HOSTILE) {
    const line = JSON.stringify({ flow: { time: "2026-11-23T12:00:00Z", uuid: "u", source: { pod_name: text } }, node_name: "n" });
    const message = readRelayMessage(lineBytes(line));
    if (message.is === "unreadable") throw new Error(message.reject.detail);
    expect(flowOf(message.line)).toEqual(flowOf(latin1Of(line)));
  }
  const bytes = lineBytes(soakLine(1, "MARK", 0));
  bytes.fill(0xff, bytes.indexOf("MARK"), bytes.indexOf("MARK") + 4);
  expect(readRelayMessage(bytes)).toMatchObject({ is: "unreadable", reject: { reason: "bad-field" } });
  expect(readRelayMessage(Buffer.from([0xff, 0xff, 0xff]))).toMatchObject({ is: "unreadable" });
  expect(readRelayMessage(Buffer.alloc(0))).toMatchObject({ is: "other" });
});
