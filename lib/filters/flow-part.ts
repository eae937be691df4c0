/**
 * The parts of a flow that criteria look at. A criterion never sees a whole flow: it is a test on one part. In memory a clause is
 * `test(part(flow))`; a store that keeps each distinct part once (its dictionaries) runs the same test over those few values and asks
 * SQL for the ids that passed. So a store cannot disagree with the meaning written here.
 *
 * Per part, what a store holds: `source`, `destination` = the endpoint; `source_ip`, `destination_ip`, `node`, `uuid`, `pod`, `workload`,
 * `cluster` = the text (`pod`, `workload`, `cluster` are dimension values, because they read more than the endpoint);
 * `source_port`, `destination_port` = the number, -1 for none; `source_names`, `destination_names`, `node_labels` and `denied_by` = the
 * whole list; `event` = the few fields of an EventClass, of which a store sees some hundred distinct combinations at most; `detail` = the
 * flow's detail; `line` = the whole flow, its line included, which only criteria that no other part can answer ask for.
 */
import { dimensionValue } from "#lib/flows/dimension.ts";
import type { Direction, Endpoint, Flow, Policy, Protocol } from "#lib/flows/flow.ts";
import type { FlowDetail } from "#lib/flows/flow-detail.ts";
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
  readonly source_names: readonly string[];
  readonly destination_names: readonly string[];
  readonly node: string;
  readonly node_labels: readonly string[];
  readonly denied_by: readonly Policy[];
  readonly event: EventClass;
  readonly detail: FlowDetail;
  readonly uuid: string;
  readonly pod: string;
  readonly workload: string;
  readonly cluster: string;
  readonly line: Flow;
}

export type PartName = keyof FlowParts;

/** A yes-or-no question about one part. */
export interface TestOn<P extends PartName> {
  readonly part: P;
  /** For stores: the test on the part alone. */
  matches(value: FlowParts[P]): boolean;
  /** In memory: the test on the part of this flow. */
  readonly matchesFlow: (flow: Flow) => boolean;
}

/** Several tests: any of them is enough, or all have to pass. */
export interface TestOfTests {
  readonly part: "any" | "all";
  readonly of: readonly PartTest[];
  readonly matchesFlow: (flow: Flow) => boolean;
}

/** A test on any part; `switch (test.part)` tells which value `matches` wants. */
export type PartTest = { [P in PartName]: TestOn<P> }[PartName] | TestOfTests;

export function testOn<P extends PartName>(part: P, matches: (value: FlowParts[P]) => boolean): TestOn<P> {
  return { part, matches, matchesFlow: MATCHES_FLOW[part](matches) };
}

type OnFlow<P extends PartName> = (matches: (value: FlowParts[P]) => boolean) => (flow: Flow) => boolean;

/** One function of its own per part: the engine sees the field that is read, and calls nothing in between. */
const MATCHES_FLOW: { readonly [P in PartName]: OnFlow<P> } = {
  source: (matches) => (flow) => matches(flow.source),
  destination: (matches) => (flow) => matches(flow.destination),
  source_ip: (matches) => (flow) => matches(flow.sourceIp),
  destination_ip: (matches) => (flow) => matches(flow.destinationIp),
  source_port: (matches) => (flow) => matches(flow.sourcePort),
  destination_port: (matches) => (flow) => matches(flow.destinationPort),
  source_names: (matches) => (flow) => matches(flow.sourceNames),
  destination_names: (matches) => (flow) => matches(flow.destinationNames),
  node: (matches) => (flow) => matches(flow.node),
  node_labels: (matches) => (flow) => matches(flow.nodeLabels),
  denied_by: (matches) => (flow) => matches(flow.deniedBy),
  event: (matches) => matches,
  detail: (matches) => (flow) => matches(flow.detail),
  uuid: (matches) => (flow) => matches(flow.uuid),
  pod: (matches) => (flow) => matches(dimensionValue(flow, "pod")),
  workload: (matches) => (flow) => matches(dimensionValue(flow, "workload")),
  cluster: (matches) => (flow) => matches(dimensionValue(flow, "cluster")),
  line: (matches) => matches,
};

/** `testOn` for a part known only by its name. */
export const ON_PART: { readonly [P in PartName]: (matches: (value: FlowParts[P]) => boolean) => PartTest } = {
  source: (matches) => testOn("source", matches),
  destination: (matches) => testOn("destination", matches),
  source_ip: (matches) => testOn("source_ip", matches),
  destination_ip: (matches) => testOn("destination_ip", matches),
  source_port: (matches) => testOn("source_port", matches),
  destination_port: (matches) => testOn("destination_port", matches),
  source_names: (matches) => testOn("source_names", matches),
  destination_names: (matches) => testOn("destination_names", matches),
  node: (matches) => testOn("node", matches),
  node_labels: (matches) => testOn("node_labels", matches),
  denied_by: (matches) => testOn("denied_by", matches),
  event: (matches) => testOn("event", matches),
  detail: (matches) => testOn("detail", matches),
  uuid: (matches) => testOn("uuid", matches),
  pod: (matches) => testOn("pod", matches),
  workload: (matches) => testOn("workload", matches),
  cluster: (matches) => testOn("cluster", matches),
  line: (matches) => testOn("line", matches),
};

export function anyOf(...of: readonly PartTest[]): PartTest {
  const [only, ...more] = of;
  if (only !== undefined && more.length === 0) return only;
  const tests = of.map((test) => test.matchesFlow);
  return { part: "any", of, matchesFlow: any(tests) };
}

type FlowTest = (flow: Flow) => boolean;

/** Every test has to pass; written out for the usual few. */
export function all(tests: readonly FlowTest[]): FlowTest {
  const [a, b, c] = tests;
  if (a === undefined) return () => true;
  if (b === undefined) return a;
  if (c === undefined) return (flow) => a(flow) && b(flow);
  if (tests.length === 3) return (flow) => a(flow) && b(flow) && c(flow);
  return (flow) => {
    for (const test of tests) if (!test(flow)) return false;
    return true;
  };
}

/** Any test is enough. */
export function any(tests: readonly FlowTest[]): FlowTest {
  const [a, b] = tests;
  if (a === undefined) return () => false;
  if (b === undefined) return a;
  if (tests.length === 2) return (flow) => a(flow) || b(flow);
  return (flow) => {
    for (const test of tests) if (test(flow)) return true;
    return false;
  };
}

export function allOf(...of: readonly PartTest[]): PartTest {
  const [only, ...more] = of;
  if (only !== undefined && more.length === 0) return only;
  const tests = of.map((test) => test.matchesFlow);
  return { part: "all", of, matchesFlow: all(tests) };
}
