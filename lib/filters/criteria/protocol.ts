/** `protocol`: Cilium's names in any case, which are also the values of the dimension; the empty text is Weir's "has none". */
import type { Protocol } from "#lib/flows/flow.ts";
import type { L7Record } from "#lib/flows/flow-detail.ts";
import { buildEach, type Criterion, carriedBy, isBefore } from "../criterion.ts";
import { anyOf, type PartTest, testOn } from "../flow-part.ts";
import { textList } from "../json-value.ts";
import { either, plainText } from "./say.ts";

/** What each name selects, by its lower case. */
export const PROTOCOLS: ReadonlyMap<string, readonly Protocol[]> = new Map<string, readonly Protocol[]>([
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
const RECORDS: ReadonlyMap<string, (record: L7Record) => boolean> = new Map([
  ["dns", ({ dns }) => dns !== undefined],
  ["http", ({ http }) => http !== undefined],
  ["kafka", ({ kafka }) => kafka],
]);

export const protocol: Criterion<"protocol"> = {
  name: "protocol",
  origin: { kind: "cilium", since: "1.13" },
  schema: textList,
  label: "protocol",
  help: "tcp, udp, sctp, icmp (either version), icmpv4, icmpv6, or what the L7 proxy saw: dns, http, kafka; from Cilium 1.19 vrrp and igmp.",
  place: "port",
  parts: ["event", "detail"],
  carriedBy: carriedBy({ agent: "translated", cli: "translated" }),
  build: (values) => {
    const each = buildEach(values, (value): { readonly built: string } | { readonly reason: string } => {
      const lower = lowered(value);
      return PROTOCOLS.has(lower) || RECORDS.has(lower) ? { built: lower } : { reason: unknown(value) };
    });
    if ("problem" in each) return each;
    const tests: PartTest[] = [];
    const wanted = new Set(each.built.flatMap((name) => PROTOCOLS.get(name) ?? []));
    if (wanted.size > 0) tests.push(testOn("event", (event) => wanted.has(event.protocol)));
    const records = each.built.flatMap((name) => RECORDS.get(name) ?? []);
    if (records.length > 0) tests.push(testOn("detail", ({ l7 }) => l7 !== undefined && records.some((holds) => holds(l7))));
    return { test: anyOf(...tests) };
  },
  agentRefuses: (value, version) => {
    if (typeof value !== "string") return undefined;
    const lower = lowered(value);
    const isRefused = lower === "" || ((lower === "vrrp" || lower === "igmp") && isBefore(version, "1.19"));
    return isRefused ? { class: "build", reason: unknown(value) } : undefined;
  },
  valueText: plainText,
  phrase: (values) => (values[0] === "none" && values.length === 1 ? "no known protocol" : either(values)),
};

/** As Go does it: the dotted capital I becomes a plain i, and other than JavaScript's nothing more. */
function lowered(value: string): string {
  return value.replaceAll("\u0130", "i").toLowerCase();
}

function unknown(value: string): string {
  return `unknown protocol: "${value}"`;
}
