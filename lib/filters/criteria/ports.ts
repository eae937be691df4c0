/** `source_port`, `destination_port`: decimal texts of 16 bits; no ranges, no names. */
import { buildEach, type CriterionRecord } from "../criterion.ts";
import { testOn } from "../flow-part.ts";
import { textList } from "../json-value.ts";
import { named } from "./say.ts";

const BELOW = 65_536;

export const sourcePort: CriterionRecord<"source_port", "source_port"> = {
  name: "source_port",
  origin: { kind: "cilium", since: "1.13" },
  schema: textList,
  label: "source port",
  help: "The sender's port, one number each.",
  place: "sender",
  part: "source_port",
  build: (values) => buildPorts("source_port", values),
  valueText: (value) => value,
  phrase: named("source port"),
};

export const destinationPort: CriterionRecord<"destination_port", "destination_port"> = {
  name: "destination_port",
  origin: { kind: "cilium", since: "1.13" },
  schema: textList,
  label: "destination port",
  help: "The destination's port, one number each; ICMP has none and never matches.",
  place: "port",
  part: "destination_port",
  build: (values) => buildPorts("destination_port", values),
  valueText: (value) => value,
  phrase: named("port"),
};

function buildPorts<P extends "source_port" | "destination_port">(part: P, values: readonly string[]) {
  const each = buildEach(values, portNumber);
  if ("problem" in each) return each;
  const wanted = new Set(each.built);
  return { test: testOn<P>(part, (port: number) => wanted.has(port)) };
}

function portNumber(value: string): { readonly built: number } | { readonly reason: string } {
  const number = /^[0-9]+$/.test(value) ? Number(value) : BELOW;
  return number < BELOW ? { built: number } : { reason: `invalid port "${value}"` };
}
