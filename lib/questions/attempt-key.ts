/** What makes two packets one attempt: the same 5-tuple. */
import type { Flow } from "#lib/flows/flow.ts";

type FiveTuple = Pick<Flow, "sourceIp" | "sourcePort" | "destinationIp" | "destinationPort" | "protocol">;

/** JSON, so that no hostile address text can look like another tuple. */
export function attemptKey(flow: FiveTuple): string {
  return JSON.stringify([flow.protocol, flow.sourceIp, flow.sourcePort, flow.destinationIp, flow.destinationPort]);
}
