/** `protocol`: Cilium's names in any case, which are also the values of the dimension; the empty text is Weir's "has none". */
import type { Protocol } from "#lib/flows/flow.ts";
import { buildEach, type CriterionRecord } from "../criterion.ts";
import { testOn } from "../flow-part.ts";
import { textList } from "../json-value.ts";
import { either, plainText } from "./say.ts";

const PROTOCOLS: ReadonlyMap<string, Protocol[]> = new Map<string, Protocol[]>([
  ["", [""]],
  ["tcp", ["TCP"]],
  ["udp", ["UDP"]],
  ["sctp", ["SCTP"]],
  ["icmp", ["ICMPv4", "ICMPv6"]],
  ["icmpv4", ["ICMPv4"]],
  ["icmpv6", ["ICMPv6"]],
  ["vrrp", ["VRRP"]],
  ["igmp", ["IGMP"]],
]);
const L7 = new Set(["dns", "http", "kafka"]);

export const protocol: CriterionRecord<"protocol", "event"> = {
  name: "protocol",
  origin: { kind: "cilium", since: "1.13" },
  schema: textList,
  label: "protocol",
  help: "tcp, udp, sctp, icmp (either version), icmpv4, icmpv6; from Cilium 1.19 vrrp and igmp.",
  place: "port",
  part: "event",
  build: (values) => {
    const each = buildEach(values, (value) => {
      const found = PROTOCOLS.get(value.toLowerCase());
      if (found !== undefined) return { built: found };
      if (L7.has(value.toLowerCase())) return { reason: `Weir keeps no ${value} records of a flow`, class: "unsupported" };
      return { reason: `unknown protocol: "${value}"` };
    });
    if ("problem" in each) return each;
    const wanted = new Set(each.built.flat());
    return { test: testOn("event", (event) => wanted.has(event.protocol)) };
  },
  valueText: plainText,
  phrase: (values) => (values[0] === "none" && values.length === 1 ? "no known protocol" : either(values)),
};
