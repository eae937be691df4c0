/** Every line that Cilium v1.17.0's own code was asked about: nulls, spaces, sorted keys, unknown enums, empty objects. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { createDecoder } from "./decoder.ts";
import { isObject } from "./json-fields.ts";
import { latin1Of, lineOf } from "./line-text.ts";

interface Vector {
  readonly id: string;
  readonly kind: string;
  readonly line: string;
}

const path = new URL("../filters/fixtures/cilium-1.17/flows.jsonl", import.meta.url);
const vectors = readFileSync(path, "utf8").trimEnd().split("\n").map(readVector);
const TIMELESS = ["f135", "f255"];

function readVector(text: string): Vector {
  const json: unknown = JSON.parse(text);
  const { id, kind, line } = isObject(json) ? json : {};
  if (typeof id !== "string" || typeof kind !== "string" || typeof line !== "string") throw new Error(text);
  return { id, kind, line };
}

it.each(vectors)("$id", ({ id, kind, line }) => {
  const decoder = createDecoder();
  const decoded = decoder.decode(latin1Of(line), { fallbackTime: 1n });
  if (kind !== "flow") {
    expect(decoded).toMatchObject({ is: "notice", notice: { kind } });
    return;
  }
  if (decoded.is !== "flow") throw new Error(JSON.stringify(decoded));
  const { flow } = decoded;
  expect(flow.timeFrom === "neighbour").toBe(TIMELESS.includes(id));
  expect(lineOf(flow.parts)).toBe(latin1Of(line));
  const again = decoder.decode(latin1Of(line), { fallbackTime: 1n });
  expect(again).toEqual(decoded);
  const json: unknown = JSON.parse(line);
  const written = isObject(json) && isObject(json.flow) ? json.flow : {};
  const names = Array.isArray(written.destination_names) ? written.destination_names : [];
  expect([flow.uuid, flow.destinationNames, flow.node]).toEqual([written.uuid ?? "", names, written.node_name ?? ""]);
  expect(flow.destination.labels).toEqual((isObject(written.destination) && written.destination.labels) || []);
});

it("has them all", () => {
  expect(vectors).toHaveLength(318);
});
