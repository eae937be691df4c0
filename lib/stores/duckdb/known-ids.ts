/** Which of the store's numbers a decoder's numbers stand for: looked up once, then read from an array. */
import type { FlowDictionary } from "#lib/flows/flow-columns.ts";
import { grown } from "./grow.ts";

export interface KnownIds {
  readonly dictionary: FlowDictionary;
  endpoints: Int32Array;
  /** By endpoint, as a sender: the one met last, with its address and node. */
  senders: Int32Array;
  senderIps: Int32Array;
  senderNodes: Int32Array;
  /** By text, as an address and as a node's name. */
  addresses: Int32Array;
  nodes: Int32Array;
  /** By text, in the pool of texts. */
  pooled: Int32Array;
  policies: Int32Array;
  /** By detail and node labels, of flows without names of their source. */
  readonly details: Map<number, number>;
  events: Int32Array;
  shapes: Int32Array;
  /** By shape: how its lines write their times, see row-frames.ts. */
  timeKinds: Int32Array;
  /** By text of an address: the place met last at it, with its endpoint and names. */
  places: Int32Array;
  placeEndpoints: Int32Array;
  placeNames: Int32Array;
}

export const UNKNOWN = -1;

export interface KnownIdsKeeper {
  /** Room for all that the dictionary holds by now. */
  of(dictionary: FlowDictionary): KnownIds;
}

const unknowns = (length: number): Int32Array => new Int32Array(length).fill(UNKNOWN);

export function createKnownIds(): KnownIdsKeeper {
  const keepers = new WeakMap<FlowDictionary, KnownIds>();
  return {
    of: (dictionary) => {
      let known = keepers.get(dictionary);
      if (known === undefined) {
        const none = unknowns(0);
        known = {
          dictionary,
          endpoints: none,
          senders: none,
          senderIps: none,
          senderNodes: none,
          addresses: none,
          nodes: none,
          pooled: none,
          policies: none,
          details: new Map(),
          events: none,
          shapes: none,
          timeKinds: none,
          places: none,
          placeEndpoints: none,
          placeNames: none,
        };
        keepers.set(dictionary, known);
      }
      const { texts, endpoints, policies, constants, shapes } = dictionary;
      known.endpoints = grown(known.endpoints, endpoints.length, unknowns);
      known.senders = grown(known.senders, endpoints.length, unknowns);
      known.senderIps = grown(known.senderIps, endpoints.length, unknowns);
      known.senderNodes = grown(known.senderNodes, endpoints.length, unknowns);
      known.addresses = grown(known.addresses, texts.length, unknowns);
      known.nodes = grown(known.nodes, texts.length, unknowns);
      known.pooled = grown(known.pooled, texts.length, unknowns);
      known.policies = grown(known.policies, policies.length, unknowns);
      known.events = grown(known.events, constants.length, unknowns);
      known.shapes = grown(known.shapes, shapes.length, unknowns);
      known.timeKinds = grown(known.timeKinds, shapes.length, unknowns);
      known.places = grown(known.places, texts.length, unknowns);
      known.placeEndpoints = grown(known.placeEndpoints, texts.length, unknowns);
      known.placeNames = grown(known.placeNames, texts.length, unknowns);
      return known;
    },
  };
}
