/** Weir's criteria over the destination: group, CIDR, address, DNS name, port. */
import { cidrOf, destinationGroupsOf } from "#lib/flows/destination.ts";
import { parseIp, parsePrefix, rangeHolds } from "../ip-address.ts";
import { dimensionRecord, equalTo } from "./dimension-record.ts";
import { either, named } from "./say.ts";

export const group = dimensionRecord(
  "group",
  {
    label: "group",
    help: "Any group the destination belongs to: CIDR group, policy CIDR, FQDN selector, workload or reserved entity.",
    place: "destination",
    part: "destination",
    inCilium: "destination_label, for groups that are a label",
    phrase: (values) => (values.length === 1 && values[0] === "none" ? "destinations in no group" : either(values)),
  },
  (values) => {
    const wanted = new Set(values);
    return (endpoint) => destinationGroupsOf(endpoint).some((one) => wanted.has(one.name));
  },
);

export const cidr = equalTo(
  "cidr",
  {
    label: "CIDR",
    help: "The policy CIDR of the destination: the longest prefix that a policy names for it.",
    place: "destination",
    part: "destination",
    inCilium: "destination_label: cidr:… also matches every narrower prefix",
  },
  cidrOf,
);

export const ip = dimensionRecord(
  "ip",
  {
    label: "IP",
    help: "The destination address, or a prefix such as 10.0.0.0/8.",
    place: "destination",
    part: "destination_ip",
    inCilium: "destination_ip",
    phrase: (values) => (values.length === 1 && values[0] === "none" ? "no address" : either(values)),
  },
  (values) => {
    const wanted = new Set(values);
    const ranges = values.map(parsePrefix).filter((range) => range !== undefined);
    return (text) => {
      if (wanted.has(text)) return true;
      const address = ranges.length > 0 ? parseIp(text) : undefined;
      return address !== undefined && ranges.some((range) => rangeHolds(range, address));
    };
  },
);

export const name = equalTo(
  "name",
  {
    label: "DNS name",
    help: "The first DNS name that the sender is known to have resolved to the destination.",
    place: "destination",
    part: "destination_names",
    inCilium: "destination_fqdn matches any of the names, lower-case only",
  },
  (names) => names[0] ?? "",
);

export const port = equalTo(
  "port",
  {
    label: "port",
    help: "The destination port; flows without one (ICMP) are 'none'.",
    place: "port",
    part: "destination_port",
    inCilium: "destination_port",
    phrase: named("port"),
  },
  (number) => (number < 0 ? "" : String(number)),
);
