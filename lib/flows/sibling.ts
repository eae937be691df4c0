/** The two records of one denied packet: the datapath logs a policy verdict (event type 5) and then the drop (event type 1). */
import type { Flow } from "./flow.ts";

/** How far apart the two records of one packet may lie, in nanoseconds. */
export const SIBLING_DISTANCE_NS = 2_000_000n;

/**
 * Whether two flows are records of the same denied packet: event types 1 and 5, same node, same 5-tuple, same reason, at most 2 ms apart.
 * A flow pairs once. When a flow is stored, its partner is the unpaired earlier one that is nearest in time (of several, the first stored).
 */
export function areSiblings(one: Flow, other: Flow): boolean {
  if (!isSiblingType(one.eventType) || one.eventType + other.eventType !== 6) return false;
  const apart = one.time - other.time;
  return (
    apart <= SIBLING_DISTANCE_NS &&
    apart >= -SIBLING_DISTANCE_NS &&
    one.sourcePort === other.sourcePort &&
    one.destinationPort === other.destinationPort &&
    one.protocol === other.protocol &&
    one.reason === other.reason &&
    one.sourceIp === other.sourceIp &&
    one.destinationIp === other.destinationIp &&
    one.node === other.node
  );
}

export function isSiblingType(eventType: number): boolean {
  return eventType === 1 || eventType === 5;
}

/**
 * The shown record (stored first) with what its sibling knows better: policies and DNS names where it has none, and the destination as
 * the type-1 record has it, whose labels are those of the packet's own address. Time, id, packets and line stay those of `shown`.
 */
export function mergeSibling(shown: Flow, sibling: Flow): Flow {
  const drop = shown.eventType === 1 ? shown : sibling;
  const verdict = shown.eventType === 1 ? sibling : shown;
  return {
    ...shown,
    destination: drop.destination.labels.length > 0 || verdict.destination.labels.length === 0 ? drop.destination : verdict.destination,
    destinationNames: shown.destinationNames.length > 0 ? shown.destinationNames : sibling.destinationNames,
    deniedBy: shown.deniedBy.length > 0 ? shown.deniedBy : sibling.deniedBy,
    policyLog: shown.policyLog.length > 0 ? shown.policyLog : sibling.policyLog,
  };
}
