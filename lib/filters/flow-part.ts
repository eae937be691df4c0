/**
 * The parts of a flow that criteria look at. A criterion never sees a whole flow: it is a test on one part. In memory a clause is
 * `test(part(flow))`; a store that keeps each distinct part once (its dictionaries) runs the same test over those few values and asks
 * SQL for the ids that passed. So a store cannot disagree with the meaning written here.
 *
 * Per part, what a store holds: `source`, `destination` = the endpoint; `source_ip`, `destination_ip`, `node`, `uuid`, `pod`, `workload`,
 * `cluster` = the text (`pod`, `workload`, `cluster` are dimension values, because they read more than the endpoint);
 * `source_port`, `destination_port` = the number, -1 for none; `destination_names` and `denied_by` = the whole list; `event` = the few
 * fields of an EventClass, of which a store sees some hundred distinct combinations at most.
 */
import { dimensionValue } from "#lib/flows/dimension.ts";
import type { Direction, Endpoint, Flow, Policy, Protocol } from "#lib/flows/flow.ts";
import type { Reason } from "#lib/flows/reason.ts";

/** What kind of event it was, apart from who and where. */
export interface EventClass {
  readonly verdict: string;
  readonly reason: Reason;
  readonly dropReason: number;
  readonly dropReasonName: string;
  readonly eventType: number;
  readonly eventSubType: number;
  readonly direction: Direction;
  readonly protocol: Protocol;
  readonly isReply: boolean | undefined;
}

export interface FlowParts {
  readonly source: Endpoint;
  readonly destination: Endpoint;
  readonly source_ip: string;
  readonly destination_ip: string;
  readonly source_port: number;
  readonly destination_port: number;
  readonly destination_names: readonly string[];
  readonly node: string;
  readonly denied_by: readonly Policy[];
  readonly event: EventClass;
  readonly uuid: string;
  readonly pod: string;
  readonly workload: string;
  readonly cluster: string;
}

export type PartName = keyof FlowParts;

export const PART_OF: { readonly [P in PartName]: (flow: Flow) => FlowParts[P] } = {
  source: (flow) => flow.source,
  destination: (flow) => flow.destination,
  source_ip: (flow) => flow.sourceIp,
  destination_ip: (flow) => flow.destinationIp,
  source_port: (flow) => flow.sourcePort,
  destination_port: (flow) => flow.destinationPort,
  destination_names: (flow) => flow.destinationNames,
  node: (flow) => flow.node,
  denied_by: (flow) => flow.deniedBy,
  event: (flow) => flow,
  uuid: (flow) => flow.uuid,
  pod: (flow) => dimensionValue(flow, "pod"),
  workload: (flow) => dimensionValue(flow, "workload"),
  cluster: (flow) => dimensionValue(flow, "cluster"),
};

/** A yes-or-no question about one part. */
export interface TestOn<P extends PartName> {
  readonly part: P;
  /** For stores: the test on the part alone. */
  matches(value: FlowParts[P]): boolean;
  /** In memory: the test on the part of this flow. */
  matchesFlow(flow: Flow): boolean;
}

/** A test on any part; `switch (test.part)` tells which value `matches` wants. */
export type PartTest = { [P in PartName]: TestOn<P> }[PartName];

export function testOn<P extends PartName>(part: P, matches: (value: FlowParts[P]) => boolean): TestOn<P> {
  const of = PART_OF[part];
  return { part, matches, matchesFlow: (flow) => matches(of(flow)) };
}
