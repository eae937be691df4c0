/** Which fields of a flow a template reads from holes, and what it keeps of the flow it was learned from. */
import type { Flow } from "#lib/flows/flow.ts";
import type { Hole, HoleReader } from "./find-holes.ts";
import type { PlainReader } from "./plain-holes.ts";
import { NO_ENDPOINT } from "./read-endpoint.ts";
import type { SharedReader } from "./shared-holes.ts";

/** Which fields stand in holes; the others are the template's. */
export type Reads = { readonly [reader in HoleReader]: boolean };

/** What a hole will tell, and the line itself, must not stay in memory with every template. */
export function templateOf(flow: Flow, reads: Reads): Flow {
  return {
    ...flow,
    uuid: "",
    source: reads.source ? NO_ENDPOINT : flow.source,
    destination: reads.destination ? NO_ENDPOINT : flow.destination,
    sourceNames: reads.sourceNames ? [] : flow.sourceNames,
    destinationNames: reads.destinationNames ? [] : flow.destinationNames,
    policyLog: reads.policyLog ? [] : flow.policyLog,
    nodeLabels: reads.nodeLabels ? [] : flow.nodeLabels,
    deniedBy: [],
    parts: { shape: { pieces: [""], kinds: [] }, holes: [] },
  };
}

/** Which of the two reads a hole. */
export function sideOf(reader: HoleReader): { readonly plain: PlainReader | undefined; readonly shared: SharedReader | undefined } {
  switch (reader) {
    case "time":
    case "sameTime":
    case "uuid":
    case "sourcePort":
    case "destinationPort":
    case "headWords":
    case "headTime":
    case "value":
      return { plain: reader, shared: undefined };
    default:
      return { plain: undefined, shared: reader };
  }
}

export function readsOf(holes: readonly Hole[]): Reads {
  const has = (reader: HoleReader): boolean => holes.some((hole) => hole.reader === reader);
  return {
    time: has("time"),
    sameTime: has("sameTime"),
    uuid: has("uuid"),
    sourceIp: has("sourceIp"),
    destinationIp: has("destinationIp"),
    sourcePort: has("sourcePort"),
    destinationPort: has("destinationPort"),
    source: has("source"),
    destination: has("destination"),
    node: has("node"),
    sameNode: has("sameNode"),
    nodeLabels: has("nodeLabels"),
    ethernet: has("ethernet"),
    sourceNames: has("sourceNames"),
    destinationNames: has("destinationNames"),
    egressDeniedBy: has("egressDeniedBy"),
    ingressDeniedBy: has("ingressDeniedBy"),
    policyLog: has("policyLog"),
    headWords: has("headWords"),
    headTime: has("headTime"),
    value: has("value"),
  };
}
