/** Dictionary ids of what a model names: most are known by the decoder's number, the others are looked up by what it stands for. */
import { AT, type FlowColumns, type FlowConstants, HOLES_AT, TOLD } from "#lib/flows/flow-columns.ts";
import { flowOfRow } from "#lib/flows/flow-of-row.ts";
import type { EncoderState } from "./encoder-state.ts";
import { type KnownIds, UNKNOWN } from "./known-ids.ts";

export interface IdFinder {
  /** What is asked next is of the model that begins at `start`; `row` is one of its rows. */
  begin(row: number, start: number): void;
  constants(): FlowConstants;
  address(field: typeof AT.sourceIp | typeof AT.destinationIp): number;
  node(): number;
  sender(sourceIp: number, node: number): number;
  place(destinationIp: number): number;
  event(constants: FlowConstants): number;
  policies(): number;
  detail(): number;
}

/** Above any number of a list; two numbers make one key. */
const LISTS_BELOW = 2 ** 26;

type TextKind = "source" | "destination" | "names" | "policies";

export function createIdFinder({ lexicon, pool }: EncoderState, known: KnownIds, columns: FlowColumns): IdFinder {
  const { dictionary, models } = columns;
  let row = 0;
  let start = 0;
  const field = (index: number): number => models[start + index] ?? 0;
  const text = (id: number): string => dictionary.texts[id] ?? "";
  const kinds = (): readonly string[] => dictionary.shapes[field(AT.shape)]?.kinds ?? [];
  const flow = () => flowOfRow(columns, row);

  /** Text, in the pool, of the first hole of a kind; 0 = none. */
  const pooled = (kind: TextKind): number => {
    const hole = kinds().indexOf(kind);
    const words = hole < 0 ? "" : text(field(HOLES_AT + hole));
    return words === "" ? 0 : pool.idOf(words);
  };
  const texts: { readonly [K in TextKind]: () => number } = {
    source: () => pooled("source"),
    destination: () => pooled("destination"),
    names: () => pooled("names"),
    policies: () => pooled("policies"),
  };
  const pooledNode = (): number => {
    const hole = kinds().indexOf("node");
    if (hole < 0) return 0;
    const words = field(HOLES_AT + hole) === TOLD ? text(field(AT.node)) : (flow().parts.holes[hole] ?? "");
    return words === "" ? 0 : pool.idOf(words);
  };
  const endpointOf = (id: number, side: "source" | "destination"): number => {
    const before = known.endpoints[id] ?? UNKNOWN;
    if (before !== UNKNOWN) return before;
    const record = dictionary.endpoints[id];
    if (record === undefined) throw new RangeError("a model names an endpoint that is not here");
    const endpoint = lexicon.endpointOf(record, texts[side]);
    known.endpoints[id] = endpoint;
    return endpoint;
  };

  return {
    begin: (oneRow, at) => {
      row = oneRow;
      start = at;
    },
    constants: () => {
      const constants = dictionary.constants[field(AT.constants)];
      if (constants === undefined) throw new RangeError("a model names constants that are not here");
      return constants;
    },
    address: (at) => {
      const id = field(at);
      const before = known.addresses[id] ?? UNKNOWN;
      if (before !== UNKNOWN) return before;
      const address = lexicon.addresses.idOf(text(id));
      known.addresses[id] = address;
      return address;
    },
    node: () => {
      const id = field(AT.node);
      const before = known.nodes[id] ?? UNKNOWN;
      if (before !== UNKNOWN) return before;
      const node = lexicon.nodeOf(text(id), pooledNode);
      known.nodes[id] = node;
      return node;
    },
    sender: (ip, node) => {
      const id = field(AT.source);
      if (known.senders[id] !== UNKNOWN && known.senderIps[id] === ip && known.senderNodes[id] === node) return known.senders[id] ?? 0;
      const sender = lexicon.senderOf(flow, endpointOf(id, "source"), ip, node);
      known.senders[id] = sender;
      known.senderIps[id] = ip;
      known.senderNodes[id] = node;
      return sender;
    },
    place: (ip) => {
      const [address, endpoint, names] = [field(AT.destinationIp), field(AT.destination), field(AT.destinationNames)];
      if (known.placeEndpoints[address] === endpoint && known.placeNames[address] === names) return known.places[address] ?? 0;
      const place = lexicon.placeOf(endpointOf(endpoint, "destination"), ip, dictionary.lists[names] ?? [], texts.names);
      known.places[address] = place;
      known.placeEndpoints[address] = endpoint;
      known.placeNames[address] = names;
      return place;
    },
    event: (constants) => {
      const id = field(AT.constants);
      const before = known.events[id] ?? UNKNOWN;
      if (before !== UNKNOWN) return before;
      const event = lexicon.eventOf(constants);
      known.events[id] = event;
      return event;
    },
    policies: () => {
      const id = field(AT.deniedBy);
      const log = dictionary.lists[field(AT.policyLog)] ?? [];
      const before = log.length === 0 ? (known.policies[id] ?? UNKNOWN) : UNKNOWN;
      if (before !== UNKNOWN) return before;
      const policies = lexicon.policiesOf(dictionary.policies[id] ?? [], log, texts.policies);
      if (log.length === 0) known.policies[id] = policies;
      return policies;
    },
    detail: () => {
      const [id, labels, names] = [field(AT.detail), field(AT.nodeLabels), field(AT.sourceNames)];
      const key = id * LISTS_BELOW + labels;
      const before = names === 0 ? known.details.get(key) : undefined;
      if (before !== undefined) return before;
      const [detail, nodeLabels, sourceNames] = [dictionary.details[id], dictionary.lists[labels], dictionary.lists[names]];
      if (!detail || !nodeLabels || !sourceNames) throw new RangeError("a model names a detail that is not here");
      const found = lexicon.detailOf({ detail, nodeLabels, sourceNames });
      if (names === 0) known.details.set(key, found);
      return found;
    },
  };
}
