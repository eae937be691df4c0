/** The dictionaries in memory: distinct parts of flows with numbers, growing with every batch and rebuilt from the table `entries`. */
import { ownCopy } from "#lib/decode/line-text.ts";
import { primaryGroupOf } from "#lib/flows/destination.ts";
import type { Endpoint, Flow, LineShape, Policy } from "#lib/flows/flow.ts";
import { clusterOf, podOf, workloadOf } from "#lib/flows/sender.ts";
import {
  type DetailEntry,
  type EndpointEntry,
  type EventEntry,
  type NewEntries,
  NO_POLICIES,
  NOTHING_ELSE,
  type NodeEntry,
  type PlaceEntry,
  type PoliciesEntry,
  type SenderEntry,
  type TextId,
} from "./entries.ts";
import { eventOf, sameEvent } from "./event-entry.ts";
import { createNumberLists, type NumberLists } from "./number-lists.ts";
import { createStringTable, type StringTable } from "./string-table.ts";

/** Objects whose number is known by identity; beyond this the decoder has long dropped the first of them. */
const IDENTITIES = 400_000;

export interface Lexicon {
  readonly addresses: StringTable;
  readonly nodes: readonly NodeEntry[];
  readonly endpoints: readonly EndpointEntry[];
  readonly senders: readonly SenderEntry[];
  readonly places: readonly PlaceEntry[];
  readonly events: readonly EventEntry[];
  readonly policies: readonly PoliciesEntry[];
  readonly details: readonly DetailEntry[];
  readonly shapes: readonly LineShape[];
  readonly frames: NumberLists;
  /** Codes that sessions carry beside sender and place: texts of dimension values. */
  readonly pods: StringTable;
  readonly workloads: StringTable;
  readonly namespaces: StringTable;
  readonly groups: StringTable;
  /** The codes of a sender, by its number, and of a place. */
  readonly codes: { readonly [K in "pod" | "workload" | "namespace" | "group"]: readonly number[] };
  nodeOf(name: string, text: () => TextId): number;
  endpointOf(endpoint: Endpoint, text: () => TextId): number;
  /** `flow` is asked for only when the sender is new. */
  senderOf(flow: () => Flow, endpoint: number, ip: number, node: number): number;
  placeOf(endpoint: number, ip: number, names: readonly string[], text: () => TextId): number;
  eventOf(flow: EventEntry): number;
  policiesOf(deniedBy: readonly Policy[], log: readonly string[], text: () => TextId): number;
  detailOf(entry: DetailEntry): number;
  shapeOf(shape: LineShape): number;
  /** Entries not yet kept, undefined when there are none. */
  pending(): NewEntries | undefined;
  markKept(): void;
  restore(entries: NewEntries): void;
}

export function createLexicon(): Lexicon {
  const addresses = createStringTable(ownCopy);
  const pods = createStringTable();
  const workloads = createStringTable();
  const namespaces = createStringTable();
  const groups = createStringTable();
  const codes: { readonly [K in keyof Lexicon["codes"]]: number[] } = { pod: [], workload: [], namespace: [], group: [] };
  const nodes: NodeEntry[] = [];
  const endpoints: EndpointEntry[] = [];
  const senders: SenderEntry[] = [];
  const places: PlaceEntry[] = [];
  const events: EventEntry[] = [];
  const policies: PoliciesEntry[] = [NO_POLICIES];
  const details: DetailEntry[] = [NOTHING_ELSE];
  const shapes: LineShape[] = [];
  const frames = createNumberLists();
  const nodeIds = new Map<string, number>();
  const endpointIds = new Map<string, number>();
  const senderIds = new Map<string, number>();
  const soleSenders: number[] = [];
  const placeIds = new Map<number, number[]>();
  const eventIds = new Map<string, number>();
  const policyIds = new Map<string, number>();
  const detailIds = new Map<string, number>([[JSON.stringify(NOTHING_ELSE), 0]]);
  const shapeIds = new Map<string, number>();
  let knownEndpoints = new Map<Endpoint, number>();
  let knownPolicies = new Map<readonly Policy[], number>();
  let knownShapes = new Map<LineShape, number>();
  let recentEvent = 0;
  let kept = { addresses: 0, nodes: 0, endpoints: 0, senders: 0, places: 0, events: 0, policies: 1, details: 1, shapes: 0, frames: 0 };

  const addEndpoint = (entry: EndpointEntry): number => {
    endpointIds.set(endpointKey(entry.record), endpoints.length);
    return endpoints.push(entry) - 1;
  };
  const addSender = (entry: SenderEntry): number => {
    senderIds.set(senderKey(entry.endpoint, entry.ip, entry.node), senders.length);
    if (entry.ip < 0 && entry.node < 0) soleSenders[entry.endpoint] = senders.length;
    codes.pod.push(pods.idOf(entry.pod));
    codes.workload.push(workloads.idOf(entry.workload));
    codes.namespace.push(namespaces.idOf(entry.namespace));
    return senders.push(entry) - 1;
  };
  const addPlace = (entry: PlaceEntry): number => {
    codes.group.push(groups.idOf(entry.group));
    const id = places.push(entry) - 1;
    const key = placeKey(entry.endpoint, entry.ip);
    const alike = placeIds.get(key);
    if (alike) alike.push(id);
    else placeIds.set(key, [id]);
    return id;
  };
  const addPolicies = (entry: PoliciesEntry): number => {
    policyIds.set(JSON.stringify([entry.deniedBy, entry.log]), policies.length);
    return policies.push(entry) - 1;
  };
  const addDetail = (entry: DetailEntry): number => {
    detailIds.set(JSON.stringify(entry), details.length);
    return details.push(entry) - 1;
  };
  const addShape = (shape: LineShape): number => {
    shapeIds.set(JSON.stringify(shape), shapes.length);
    return shapes.push(shape) - 1;
  };

  return {
    addresses,
    nodes,
    endpoints,
    senders,
    places,
    events,
    policies,
    details,
    shapes,
    frames,
    pods,
    workloads,
    namespaces,
    groups,
    codes,
    nodeOf: (name, text) => {
      const found = nodeIds.get(name);
      if (found !== undefined) return found;
      const own = ownCopy(name);
      nodeIds.set(own, nodes.length);
      return nodes.push({ name: own, text: text() }) - 1;
    },
    endpointOf: (endpoint, text) => {
      const known = knownEndpoints.get(endpoint);
      if (known !== undefined) return known;
      const id = endpointIds.get(endpointKey(endpoint)) ?? addEndpoint({ record: endpoint, text: text() });
      if (knownEndpoints.size >= IDENTITIES) knownEndpoints = new Map();
      knownEndpoints.set(endpoint, id);
      return id;
    },
    senderOf: (flowOf, endpoint, ip, node) => {
      const sole = soleSenders[endpoint];
      if (sole !== undefined) return sole;
      const record = endpoints[endpoint]?.record;
      const ownIp = record?.pod === "" ? ip : -1;
      const ownNode = record?.cluster === "" ? node : -1;
      const found = senderIds.get(senderKey(endpoint, ownIp, ownNode));
      if (found !== undefined) return found;
      const flow = flowOf();
      const values = { pod: podOf(flow), workload: workloadOf(flow), namespace: flow.source.namespace, cluster: clusterOf(flow) };
      return addSender({ endpoint, ip: ownIp, node: ownNode, ...values });
    },
    placeOf: (endpoint, ip, names, text) => {
      const alike = placeIds.get(placeKey(endpoint, ip));
      if (alike) for (const id of alike) if (sameTexts(places[id]?.names ?? [], names)) return id;
      const record = endpoints[endpoint]?.record;
      const group = record ? primaryGroupOf(record).name : "";
      return addPlace({ endpoint, ip, names, group, text: text() });
    },
    eventOf: (flow) => {
      const recent = events[recentEvent];
      if (recent && sameEvent(recent, flow)) return recentEvent;
      for (let id = 0; id < Math.min(events.length, 16); id++) {
        const entry = events[id];
        if (!entry || !sameEvent(entry, flow)) continue;
        recentEvent = id;
        return id;
      }
      const entry = eventOf(flow);
      const key = JSON.stringify(entry);
      const found = eventIds.get(key);
      if (found !== undefined) return found;
      eventIds.set(key, events.length);
      return events.push(ownRecord(entry)) - 1;
    },
    policiesOf: (deniedBy, log, text) => {
      if (deniedBy.length === 0 && log.length === 0) return 0;
      const known = log.length === 0 ? knownPolicies.get(deniedBy) : undefined;
      if (known !== undefined) return known;
      const found = policyIds.get(JSON.stringify([deniedBy, log]));
      const id = found ?? addPolicies({ deniedBy, log, text: text() });
      if (log.length === 0) {
        if (knownPolicies.size >= IDENTITIES) knownPolicies = new Map();
        knownPolicies.set(deniedBy, id);
      }
      return id;
    },
    detailOf: (entry) => detailIds.get(JSON.stringify(entry)) ?? addDetail(ownRecord(entry)),
    shapeOf: (shape) => {
      const known = knownShapes.get(shape);
      if (known !== undefined) return known;
      const own = anyTimeStyle(shape);
      const id = shapeIds.get(JSON.stringify(own)) ?? addShape(ownRecord(own));
      if (knownShapes.size >= IDENTITIES) knownShapes = new Map();
      knownShapes.set(shape, id);
      return id;
    },
    pending: () => {
      const found: NewEntries = {
        addresses: addresses.texts.slice(kept.addresses),
        nodes: nodes.slice(kept.nodes),
        endpoints: endpoints.slice(kept.endpoints),
        senders: senders.slice(kept.senders),
        places: places.slice(kept.places),
        events: events.slice(kept.events),
        policies: policies.slice(kept.policies),
        details: details.slice(kept.details),
        shapes: shapes.slice(kept.shapes),
        frames: Array.from({ length: frames.size - kept.frames }, (_, index) => frames.at(kept.frames + index)),
      };
      return Object.values(found).some((entries) => entries.length > 0) ? found : undefined;
    },
    markKept: () => {
      kept = {
        addresses: addresses.texts.length,
        nodes: nodes.length,
        endpoints: endpoints.length,
        senders: senders.length,
        places: places.length,
        events: events.length,
        policies: policies.length,
        details: details.length,
        shapes: shapes.length,
        frames: frames.size,
      };
    },
    restore: (entries) => {
      for (const address of entries.addresses) addresses.idOf(address);
      for (const node of entries.nodes) nodeIds.set(node.name, nodes.push(node) - 1);
      for (const endpoint of entries.endpoints) addEndpoint(endpoint);
      for (const sender of entries.senders) addSender(sender);
      for (const place of entries.places) addPlace(place);
      for (const event of entries.events) eventIds.set(JSON.stringify(eventOf(event)), events.push(event) - 1);
      for (const entry of entries.policies) addPolicies(entry);
      for (const entry of entries.details) addDetail(entry);
      for (const shape of entries.shapes) addShape(shape);
      for (const frame of entries.frames) frames.idOf(Int32Array.from(frame), frame.length);
    },
  };
}

/** A copy that shares no memory with the line it was read from. */
function ownRecord<T>(record: T): T {
  return structuredClone(record);
}

function endpointKey(endpoint: Endpoint): string {
  const { id, identity, cluster, namespace, pod, labels, workloads } = endpoint;
  return JSON.stringify([id, identity, cluster, namespace, pod, labels, workloads]);
}

/** How a time is written is kept beside the shape (time-style.ts), so that one attempt's lines have one shape. */
function anyTimeStyle(shape: LineShape): LineShape {
  return { pieces: shape.pieces, kinds: shape.kinds.map((kind) => (kind === "time_short" ? "time" : kind)) };
}

function senderKey(endpoint: number, ip: number, node: number): string {
  return `${endpoint} ${ip} ${node}`;
}

/** Both are counts of dictionary entries, far below 2^26. */
function placeKey(endpoint: number, ip: number): number {
  return endpoint * 0x4000000 + ip;
}

function sameTexts(one: readonly string[], other: readonly string[]): boolean {
  if (one.length !== other.length) return false;
  for (let index = 0; index < one.length; index++) if (one[index] !== other[index]) return false;
  return true;
}
