/** `source_ip`, `destination_ip`: a prefix, or an address compared as text (so IPv6 must be written as the agent writes it). */
import { buildEach, type CriterionRecord, type ValuesOf } from "../criterion.ts";
import { type TestOn, testOn } from "../flow-part.ts";
import { parseIp, parsePrefix, rangeHolds } from "../ip-address.ts";
import { textList } from "../json-value.ts";
import { either } from "./say.ts";

export const sourceIp: CriterionRecord<"source_ip", "source_ip"> = {
  name: "source_ip",
  origin: { kind: "cilium", since: "1.13" },
  schema: textList,
  label: "source IP",
  help: "The sender's address, or a prefix such as 10.0.0.0/8.",
  place: "sender",
  part: "source_ip",
  build: (values) => buildAddresses("source_ip", values),
  valueText: (value) => value,
  phrase: (values) => `senders at ${either(values)}`,
};

export const destinationIp: CriterionRecord<"destination_ip", "destination_ip"> = {
  name: "destination_ip",
  origin: { kind: "cilium", since: "1.13" },
  schema: textList,
  label: "destination IP",
  help: "The destination's address, or a prefix such as 10.0.0.0/8.",
  place: "destination",
  part: "destination_ip",
  build: (values) => buildAddresses("destination_ip", values),
  valueText: (value) => value,
  phrase: either,
};

function buildAddresses<P extends "source_ip" | "destination_ip">(part: P, values: ValuesOf<P>) {
  const each = buildEach(values, addressTest);
  if ("problem" in each) return each;
  const test: TestOn<P> = testOn<P>(part, (text) => each.built.some((matches) => matches(text)));
  return { test };
}

function addressTest(value: string): { readonly built: (text: string) => boolean } | { readonly reason: string } {
  if (!value.includes("/")) {
    return parseIp(value) ? { built: (text) => text === value } : { reason: `invalid IP address "${value}"` };
  }
  const range = parsePrefix(value);
  if (range === undefined) return { reason: `invalid IP prefix "${value}"` };
  return {
    built: (text) => {
      const address = parseIp(text);
      return address !== undefined && rangeHolds(range, address);
    },
  };
}
