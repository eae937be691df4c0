/** `source_port`, `destination_port`: decimal texts of 16 bits; no ranges, no names. */
import type { Protocol } from "#lib/flows/flow.ts";
import { type Built, buildEach, type Criterion, carriedBy } from "../criterion.ts";
import { allOf, anyOf, type PartTest, testOn } from "../flow-part.ts";
import { textList } from "../json-value.ts";
import { named } from "./say.ts";

const BELOW = 65_536;

export const sourcePort: Criterion<"source_port"> = {
  name: "source_port",
  origin: { kind: "cilium", since: "1.13" },
  schema: textList,
  label: "source port",
  help: "The sender's port, one number each.",
  place: "sender",
  parts: ["source_port", "event"],
  carriedBy: carriedBy(),
  build: (values) => buildPorts(values, (holds) => testOn("source_port", holds)),
  valueText: (value) => value,
  phrase: named("source port"),
};

export const destinationPort: Criterion<"destination_port"> = {
  name: "destination_port",
  origin: { kind: "cilium", since: "1.13" },
  schema: textList,
  label: "destination port",
  help: "The destination's port, one number each; ICMP has none and never matches.",
  place: "port",
  parts: ["destination_port", "event"],
  carriedBy: carriedBy(),
  build: (values) => buildPorts(values, (holds) => testOn("destination_port", holds)),
  valueText: (value) => value,
  phrase: named("port"),
};

const WITH_PORTS: ReadonlySet<Protocol> = new Set<Protocol>(["TCP", "UDP", "SCTP"]);

/** Lines leave port 0 out, so that a flow of a protocol with ports and none on its line has port 0 to an agent. */
function buildPorts(values: readonly string[], on: (holds: (port: number) => boolean) => PartTest): Built {
  const each = buildEach(values, portNumber);
  if ("problem" in each) return each;
  const wanted = new Set(each.built);
  const [only = -1, ...more] = wanted;
  const has = on(more.length === 0 ? (port) => port === only : (port) => wanted.has(port));
  if (!wanted.has(0)) return { test: has };
  return {
    test: anyOf(
      has,
      allOf(
        on((port) => port < 0),
        testOn("event", ({ protocol }) => WITH_PORTS.has(protocol)),
      ),
    ),
  };
}

function portNumber(value: string): { readonly built: number } | { readonly reason: string } {
  const number = /^[0-9]+$/.test(value) ? Number(value) : BELOW;
  return number < BELOW ? { built: number } : { reason: `invalid port "${value}"` };
}
