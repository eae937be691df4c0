/** Dictionary ids of the models of a batch, each looked up when its first row comes. */
import { AT, type FlowColumns, HOLES_AT, TOLD } from "#lib/flows/flow-columns.ts";
import { flowOfRow } from "#lib/flows/flow-of-row.ts";
import { REASONS } from "#lib/flows/reason.ts";
import type { EncoderState } from "./encoder-state.ts";
import type { KnownIds } from "./known-ids.ts";
import type { RowBuffer } from "./row-buffer.ts";

/** What a model stands for; the first ones are columns of a row. */
const [ATTEMPT, SENDER, PLACE, EVENT, POLICIES, NODE, SIP, SPORT, DPORT] = [0, 1, 2, 3, 4, 5, 6, 7, 8] as const;
const [EVENT_TYPE, SIBLING_GROUP, DONE] = [9, 10, 11] as const;
const WIDTH = 12;

const REASON_NUMBERS = new Map(REASONS.map((reason, index) => [reason, index]));

export interface ModelIds {
  /** Writes the ids of a row of this batch, the `from`th of the columns, into row `to` of the buffer. */
  fill(from: number, to: number): void;
  attemptOf(from: number): number;
  eventTypeOf(from: number): number;
  /** Two records of one packet agree in this. */
  siblingGroupOf(from: number): number;
  packetsOf(from: number): number;
}

export function createModelIds(state: EncoderState, known: KnownIds, columns: FlowColumns, rows: RowBuffer): ModelIds {
  const { lexicon, pool, attempts, protocols } = state;
  const { dictionary, models, starts, model } = columns;
  const found = new Int32Array(starts.length * WIDTH);
  const packets = new Float64Array(starts.length);
  const { ids } = rows;

  const read = (from: number, at: number, start: number): void => {
    const field = (index: number): number => models[start + index] ?? 0;
    const text = (id: number): string => dictionary.texts[id] ?? "";
    const shape = dictionary.shapes[field(AT.shape)];
    /** Text, in the pool, of the first hole of a kind; 0 = none. */
    const pooled = (kind: "source" | "destination" | "names" | "policies"): number => {
      const hole = shape?.kinds.indexOf(kind) ?? -1;
      const words = hole < 0 ? "" : text(field(HOLES_AT + hole));
      return words === "" ? 0 : pool.idOf(words);
    };
    const pooledNode = (): number => {
      const hole = shape?.kinds.indexOf("node") ?? -1;
      if (hole < 0) return 0;
      const told = field(HOLES_AT + hole);
      const words = told === TOLD ? text(field(AT.node)) : flowOfRow(columns, from).parts.holes[hole];
      return words === undefined || words === "" ? 0 : pool.idOf(words);
    };
    const addressOf = (id: number): number => {
      const before = known.addresses[id] ?? -1;
      if (before !== -1) return before;
      const address = lexicon.addresses.idOf(text(id));
      known.addresses[id] = address;
      return address;
    };
    const nodeOf = (id: number): number => {
      const before = known.nodes[id] ?? -1;
      if (before !== -1) return before;
      const node = lexicon.nodeOf(text(id), pooledNode);
      known.nodes[id] = node;
      return node;
    };
    const endpointOf = (id: number, side: "source" | "destination"): number => {
      const before = known.endpoints[id] ?? -1;
      if (before !== -1) return before;
      const record = dictionary.endpoints[id];
      if (record === undefined) throw new RangeError("a model names an endpoint that is not here");
      const endpoint = lexicon.endpointOf(record, () => pooled(side));
      known.endpoints[id] = endpoint;
      return endpoint;
    };
    const policiesOf = (id: number, log: readonly string[]): number => {
      const before = log.length === 0 ? (known.policies[id] ?? -1) : -1;
      if (before !== -1) return before;
      const policies = lexicon.policiesOf(dictionary.policies[id] ?? [], log, () => pooled("policies"));
      if (log.length === 0) known.policies[id] = policies;
      return policies;
    };
    const constants = dictionary.constants[field(AT.constants)];
    if (constants === undefined) throw new RangeError("a model names no constants");
    const sourceIp = addressOf(field(AT.sourceIp));
    const destinationIp = addressOf(field(AT.destinationIp));
    const node = nodeOf(field(AT.node));
    const source = endpointOf(field(AT.source), "source");
    const destination = endpointOf(field(AT.destination), "destination");
    const placeOf = (ip: number, endpoint: number, names: number): number => {
      if (known.placeEndpoints[ip] === endpoint && known.placeNames[ip] === names) return known.places[ip] ?? 0;
      const place = lexicon.placeOf(destination, destinationIp, dictionary.lists[names] ?? [], () => pooled("names"));
      known.places[ip] = place;
      known.placeEndpoints[ip] = endpoint;
      known.placeNames[ip] = names;
      return place;
    };
    const [sourcePort, destinationPort] = [field(AT.sourcePort), field(AT.destinationPort)];
    let event = known.events[field(AT.constants)] ?? -1;
    if (event === -1) {
      event = lexicon.eventOf(constants);
      known.events[field(AT.constants)] = event;
    }
    found[at + SENDER] = lexicon.senderOf(() => flowOfRow(columns, from), source, sourceIp, node);
    found[at + PLACE] = placeOf(field(AT.destinationIp), field(AT.destination), field(AT.destinationNames));
    found[at + EVENT] = event;
    found[at + POLICIES] = policiesOf(field(AT.deniedBy), dictionary.lists[field(AT.policyLog)] ?? []);
    found[at + NODE] = node;
    found[at + SIP] = sourceIp;
    found[at + SPORT] = sourcePort;
    found[at + DPORT] = destinationPort;
    found[at + ATTEMPT] = attempts.placeOf(sourceIp, destinationIp, sourcePort, destinationPort, protocols.idOf(constants.protocol));
    found[at + EVENT_TYPE] = constants.eventType;
    found[at + SIBLING_GROUP] = node * 16 + (REASON_NUMBERS.get(constants.reason) ?? 0);
    found[at + DONE] = 1;
    packets[model[from] ?? 0] = constants.packets;
  };
  const at = (from: number, index: number): number => found[(model[from] ?? 0) * WIDTH + index] ?? 0;

  return {
    fill: (from, to) => {
      const own = model[from] ?? 0;
      const first = own * WIDTH;
      if (found[first + DONE] === 0) read(from, first, starts[own] ?? 0);
      ids.attempt[to] = found[first + ATTEMPT] ?? 0;
      ids.sender[to] = found[first + SENDER] ?? 0;
      ids.place[to] = found[first + PLACE] ?? 0;
      ids.event[to] = found[first + EVENT] ?? 0;
      ids.policies[to] = found[first + POLICIES] ?? 0;
      ids.node[to] = found[first + NODE] ?? 0;
      ids.sip[to] = found[first + SIP] ?? 0;
      ids.sport[to] = found[first + SPORT] ?? 0;
      ids.dport[to] = found[first + DPORT] ?? 0;
    },
    attemptOf: (from) => at(from, ATTEMPT),
    eventTypeOf: (from) => at(from, EVENT_TYPE),
    siblingGroupOf: (from) => at(from, SIBLING_GROUP),
    packetsOf: (from) => packets[model[from] ?? 0] ?? 1,
  };
}
