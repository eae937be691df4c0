/** Finds the flow of this batch that a new one repeats in all but time, uuid and packets: retries of a connection come one after another. */
import type { Flow } from "#lib/flows/flow.ts";

export interface RepeatedFlows {
  /** Row of a flow that is alike; -1 = none is known. The flow at `row` is then what the next one is compared with. */
  rowAlike(flow: Flow, row: number): number;
}

/** A power of two, more than the connections that retry at the same time on a busy node. */
const PLACES = 4096;

/** `flowAt`: the flow of a row, undefined where a row is no model for others (it tells more than its own line). */
export function createRepeatedFlows(flowAt: (row: number) => Flow | undefined): RepeatedFlows {
  const rows = new Int32Array(PLACES).fill(-1);
  return {
    rowAlike: (flow, row) => {
      const place = (Math.imul(flow.sourcePort + 1, 0x9e3779b1) ^ Math.imul(flow.destinationPort + 1, 0x85ebca6b)) >>> 20;
      const before = rows[place] ?? -1;
      rows[place] = row;
      const other = before === -1 ? undefined : flowAt(before);
      return other !== undefined && areAlike(other, flow) ? before : -1;
    },
  };
}

/** Objects are compared by identity: the decoder gives equal texts of one log the same object. */
function areAlike(one: Flow, other: Flow): boolean {
  return (
    one.sourcePort === other.sourcePort &&
    one.destinationPort === other.destinationPort &&
    one.source === other.source &&
    one.destination === other.destination &&
    one.eventType === other.eventType &&
    one.eventSubType === other.eventSubType &&
    one.dropReason === other.dropReason &&
    one.isReply === other.isReply &&
    one.protocol === other.protocol &&
    one.direction === other.direction &&
    one.reason === other.reason &&
    one.verdict === other.verdict &&
    one.dropReasonName === other.dropReasonName &&
    sameList(one.destinationNames, other.destinationNames) &&
    sameList(one.deniedBy, other.deniedBy) &&
    sameList(one.policyLog, other.policyLog) &&
    one.node === other.node &&
    one.sourceIp === other.sourceIp &&
    one.destinationIp === other.destinationIp
  );
}

function sameList(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one === other || (one.length === 0 && other.length === 0);
}
