/** Who writes most of a log: senders, where they send to, and the clause that would leave these flows out. */
import { labelsOfGroups } from "#lib/filters/cilium-labels.ts";
import type { FlowFilter } from "#lib/filters/to-cilium.ts";
import { type DestinationGroup, primaryGroupOf } from "#lib/flows/destination.ts";
import type { Flow } from "#lib/flows/flow.ts";
import type { ExcludeOffer, NoiseSource } from "./replay-result.ts";

export interface Noise {
  add(flow: Flow, bytes: number): void;
  /** By bytes, the loudest first. */
  top(): readonly NoiseSource[];
}

interface Source {
  readonly first: Flow;
  readonly group: DestinationGroup;
  flows: number;
  bytes: number;
}

const SHOWN = 10;
/** Sources that are kept apart; when there are more, the quietest half is forgotten, which never touches the loud ones. */
const MOST_SOURCES = 20_000;

export function createNoise(): Noise {
  let sources = new Map<string, Source>();
  return {
    add: (flow, bytes) => {
      const group = primaryGroupOf(flow.destination);
      const { namespace, workloads, pod } = flow.source;
      const sender = workloads[0]?.name ?? (pod === "" ? flow.sourceIp : pod);
      const key = `${namespace}\n${sender}\n${group.kind} ${group.name}\n${flow.destinationPort}`;
      const found = sources.get(key);
      if (found === undefined) {
        if (sources.size >= MOST_SOURCES) sources = louderHalf(sources);
        sources.set(key, { first: flow, group, flows: 1, bytes });
      } else {
        found.flows++;
        found.bytes += bytes;
      }
    },
    top: () =>
      byBytes(sources)
        .slice(0, SHOWN)
        .map(([, source]) => noiseOf(source)),
  };
}

function byBytes(sources: ReadonlyMap<string, Source>): readonly [string, Source][] {
  return [...sources].toSorted(([, a], [, b]) => b.bytes - a.bytes || b.flows - a.flows);
}

function louderHalf(sources: ReadonlyMap<string, Source>): Map<string, Source> {
  return new Map(byBytes(sources).slice(0, MOST_SOURCES / 2));
}

function noiseOf({ first, group, flows, bytes }: Source): NoiseSource {
  const { namespace, workloads, pod } = first.source;
  const workload = workloads[0]?.name ?? (pod === "" ? first.sourceIp : pod);
  const port = first.destinationPort;
  return { namespace, workload, group: group.name, port, flows, bytes, exclude: excludeOffer(first, group, workload) };
}

/** In Cilium's own criteria; what they cannot say exactly is not offered. */
function excludeOffer(flow: Flow, group: DestinationGroup, sender: string): ExcludeOffer | undefined {
  const from = senderCriteria(flow);
  const to = groupCriteria(flow, group);
  if (from === undefined || to === undefined) return undefined;
  const port = flow.destinationPort >= 0 ? { destination_port: [String(flow.destinationPort)] } : protocolOf(flow);
  const clause: FlowFilter = { ...from, ...to, ...port };
  const place = flow.destinationPort >= 0 ? `port ${flow.destinationPort}` : flow.protocol;
  const name = flow.source.namespace === "" ? sender : `${flow.source.namespace}/${sender}`;
  return { clause, label: `Exclude ${name} to ${group.name}${place === "" ? "" : `, ${place}`}` };
}

function protocolOf({ protocol }: Flow): FlowFilter {
  return protocol === "" ? {} : { protocol: [protocol.toLowerCase()] };
}

/** A workload by name and kind in its namespace; a pod without one by its name, which is a prefix; the rest by address. */
function senderCriteria({ source, sourceIp }: Flow): FlowFilter | undefined {
  const [workload] = source.workloads;
  if (workload !== undefined && workload.name !== "" && source.namespace !== "") {
    return { source_pod: [`${source.namespace}/`], source_workload: [workload.kind === "" ? { name: workload.name } : workload] };
  }
  if (source.pod !== "" && source.namespace !== "") return { source_pod: [`${source.namespace}/${source.pod}`] };
  return sourceIp === "" ? undefined : { source_ip: [sourceIp] };
}

function groupCriteria(flow: Flow, { name, kind }: DestinationGroup): FlowFilter | undefined {
  switch (kind) {
    case "cidr":
      return { destination_ip: [name] };
    case "workload": {
      const { namespace, workloads } = flow.destination;
      const [workload] = workloads;
      if (namespace === "") return undefined;
      return workload === undefined
        ? { destination_pod: [name] }
        : { destination_pod: [`${namespace}/`], destination_workload: [workload.kind === "" ? { name: workload.name } : workload] };
    }
    case "none":
      return flow.destinationIp === "" ? undefined : { destination_ip: [flow.destinationIp] };
    default: {
      const labels = labelsOfGroups([name]);
      return labels.refusal ? undefined : { destination_label: labels.spelled };
    }
  }
}
