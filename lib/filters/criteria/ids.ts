/** `uuid`, `trace_id`, `ip_trace_id`, `ip_version`, `encrypted`: plain equality. */
import { type Criterion, carriedBy } from "../criterion.ts";
import { testOn } from "../flow-part.ts";
import { boolList, enumList, textList, uint64List } from "../json-value.ts";
import { IP_VERSION_NAMES, nameOfNumber } from "./enum-names.ts";
import { either, named, plainText } from "./say.ts";

export const uuid: Criterion<"uuid"> = {
  name: "uuid",
  origin: { kind: "cilium", since: "1.14" },
  schema: textList,
  label: "flow",
  help: "One event by its uuid.",
  place: "other",
  parts: ["uuid"],
  carriedBy: carriedBy(),
  build: (values) => {
    const wanted = new Set(values);
    return { test: testOn("uuid", (value) => wanted.has(value)) };
  },
  valueText: (value) => value,
  phrase: (values) => `event ${either(values)}`,
};

/** The empty id also selects events that are no flows: the agent asks an absent flow for its id, which is empty. */
export const traceId: Criterion<"trace_id"> = {
  name: "trace_id",
  origin: { kind: "cilium", since: "1.13" },
  schema: textList,
  label: "trace",
  help: "The trace id that the L7 proxy saw; empty for flows without one.",
  place: "other",
  parts: ["detail"],
  carriedBy: carriedBy(),
  build: (values) => {
    const wanted = new Set(values);
    return { test: testOn("detail", (detail) => wanted.has(detail.traceId)), passesNonFlow: () => wanted.has("") };
  },
  valueText: plainText,
  phrase: named("trace"),
};

export const ipTraceId: Criterion<"ip_trace_id"> = {
  name: "ip_trace_id",
  origin: { kind: "cilium", since: "1.19" },
  schema: uint64List,
  label: "IP trace",
  help: "The trace id that the packet's IP options carry, a number; 0 for packets without one.",
  place: "other",
  parts: ["detail"],
  carriedBy: carriedBy(),
  build: (values) => {
    const wanted = new Set(values);
    return { test: testOn("detail", (detail) => wanted.has(detail.ipTraceId)), passesNonFlow: () => wanted.has("0") };
  },
  valueText: (value) => value,
  phrase: named("IP trace"),
};

export const ipVersion: Criterion<"ip_version"> = {
  name: "ip_version",
  origin: { kind: "cilium", since: "1.13" },
  schema: enumList(IP_VERSION_NAMES, "IP version"),
  label: "IP version",
  help: "IPv4 or IPv6, as the agent wrote it.",
  place: "other",
  parts: ["detail"],
  carriedBy: carriedBy(),
  build: (values) => {
    const wanted = new Set(values.map((value) => nameOfNumber(value, IP_VERSION_NAMES)));
    if (wanted.has("IP_NOT_USED")) wanted.add("");
    return { test: testOn("detail", (detail) => wanted.has(detail.ipVersion)) };
  },
  valueText: (value) => nameOfNumber(value, IP_VERSION_NAMES),
  phrase: either,
};

export const encrypted: Criterion<"encrypted"> = {
  name: "encrypted",
  origin: { kind: "cilium", since: "1.19" },
  schema: boolList,
  label: "encrypted",
  help: "Whether the packet was encrypted between nodes; a flow that does not say counts as false.",
  place: "other",
  parts: ["detail"],
  carriedBy: carriedBy(),
  build: (values) => ({ test: testOn("detail", (detail) => values.includes(detail.encrypted)) }),
  valueText: (value) => (value ? "encrypted" : "not encrypted"),
  phrase: either,
};
