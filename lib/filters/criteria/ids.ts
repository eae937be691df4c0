/** `uuid` and `ip_version`. */
import type { CriterionRecord } from "../criterion.ts";
import { testOn } from "../flow-part.ts";
import { parseIp } from "../ip-address.ts";
import { enumList, textList } from "../json-value.ts";
import { IP_VERSION_NAMES } from "./enum-names.ts";
import { either } from "./say.ts";

export const uuid: CriterionRecord<"uuid", "uuid"> = {
  name: "uuid",
  origin: { kind: "cilium", since: "1.14" },
  schema: textList,
  label: "flow",
  help: "One event by its uuid.",
  place: "other",
  part: "uuid",
  build: (values) => {
    const wanted = new Set(values);
    return { test: testOn("uuid", (value) => wanted.has(value)) };
  },
  valueText: (value) => value,
  phrase: (values) => `event ${either(values)}`,
};

export const ipVersion: CriterionRecord<"ip_version", "destination_ip"> = {
  name: "ip_version",
  origin: { kind: "cilium", since: "1.13" },
  schema: enumList(IP_VERSION_NAMES, "IP version"),
  label: "IP version",
  help: "IPv4 or IPv6, told from the destination's address.",
  place: "other",
  part: "destination_ip",
  build: (values) => {
    const wanted = new Set(values);
    return { test: testOn("destination_ip", (text) => wanted.has(versionOf(text))) };
  },
  valueText: (value) => value,
  phrase: either,
};

function versionOf(text: string): string {
  const version = parseIp(text)?.version;
  return version === undefined ? "IP_NOT_USED" : `IPv${version}`;
}
