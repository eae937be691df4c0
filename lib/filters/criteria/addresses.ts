/** `source_ip`, `source_ip_xlated`, `destination_ip`: a prefix, or an address compared as text (so IPv6 must be written as the agent writes it). */
import { type Built, buildEach, type Criterion, carriedBy } from "../criterion.ts";
import { type PartTest, testOn } from "../flow-part.ts";
import { parseIp, parsePrefix, rangeHolds } from "../ip-address.ts";
import { textList } from "../json-value.ts";
import { isOneOf, rememberedByText } from "../remember.ts";
import { either } from "./say.ts";

export const sourceIp: Criterion<"source_ip"> = {
  name: "source_ip",
  origin: { kind: "cilium", since: "1.13" },
  schema: textList,
  label: "source IP",
  help: "The sender's address, or a prefix such as 10.0.0.0/8.",
  place: "sender",
  parts: ["source_ip"],
  carriedBy: carriedBy(),
  build: (values) => buildAddresses(values, (holds) => testOn("source_ip", holds)),
  valueText: (value) => value,
  phrase: (values) => `senders at ${either(values)}`,
};

export const sourceIpXlated: Criterion<"source_ip_xlated"> = {
  name: "source_ip_xlated",
  origin: { kind: "cilium", since: "1.16" },
  schema: textList,
  label: "translated source IP",
  help: "The sender's address after source translation, or a prefix; flows that were not translated never match.",
  place: "sender",
  parts: ["detail"],
  carriedBy: carriedBy(),
  build: (values) => buildAddresses(values, (holds) => testOn("detail", ({ sourceXlated }) => holds(sourceXlated))),
  valueText: (value) => value,
  phrase: (values) => `senders translated to ${either(values)}`,
};

export const destinationIp: Criterion<"destination_ip"> = {
  name: "destination_ip",
  origin: { kind: "cilium", since: "1.13" },
  schema: textList,
  label: "destination IP",
  help: "The destination's address, or a prefix such as 10.0.0.0/8.",
  place: "destination",
  parts: ["destination_ip"],
  carriedBy: carriedBy(),
  build: (values) => buildAddresses(values, (holds) => testOn("destination_ip", holds)),
  valueText: (value) => value,
  phrase: either,
};

function buildAddresses(values: readonly string[], on: (holds: (text: string) => boolean) => PartTest): Built {
  const each = buildEach(values, addressTest);
  if ("problem" in each) return each;
  return { test: on(values.some((value) => value.includes("/")) ? rememberedByText(holdsAny(each.built)) : isOneOf(values)) };
}

function holdsAny(tests: readonly ((text: string) => boolean)[]): (text: string) => boolean {
  return (text) => tests.some((holds) => holds(text));
}

function addressTest(value: string): { readonly built: (text: string) => boolean } | { readonly reason: string } {
  if (!value.includes("/")) {
    return parseIp(value) ? { built: (text) => text === value } : { reason: `invalid IP address "${value}"` };
  }
  const range = parsePrefix(value);
  if (range === undefined) return { reason: `invalid IP prefix "${value}"` };
  return {
    built: (text) => {
      // An address in a zone is in no prefix (netip.Prefix.Contains).
      const address = text.includes("%") ? undefined : parseIp(text);
      return address !== undefined && rangeHolds(range, address);
    },
  };
}
