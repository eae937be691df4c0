/** Dictionary ids of the models of a batch, each looked up when its first row comes. */
import { AT, type FlowColumns } from "#lib/flows/flow-columns.ts";
import { REASONS } from "#lib/flows/reason.ts";
import type { EncoderState } from "./encoder-state.ts";
import { createIdFinder } from "./id-finder.ts";
import type { KnownIds } from "./known-ids.ts";
import type { RowBuffer } from "./row-buffer.ts";

/** What a model stands for; the first ones are columns of a row. */
const [ATTEMPT, SENDER, PLACE, EVENT, POLICIES, NODE, SIP, SPORT, DPORT, DETAIL] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] as const;
const [EVENT_TYPE, SIBLING_GROUP, DONE] = [10, 11, 12] as const;
const WIDTH = 13;

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
  const { models, starts, model } = columns;
  const found = new Int32Array(starts.length * WIDTH);
  const packets = new Float64Array(starts.length);
  const { attempt, sender, place, event, policies, node, sip, sport, dport, detail } = rows.ids;
  const finder = createIdFinder(state, known, columns);

  const read = (from: number, at: number, start: number): void => {
    finder.begin(from, start);
    const constants = finder.constants();
    const sourceIp = finder.address(AT.sourceIp);
    const destinationIp = finder.address(AT.destinationIp);
    const ownNode = finder.node();
    const sourcePort = models[start + AT.sourcePort] ?? -1;
    const destinationPort = models[start + AT.destinationPort] ?? -1;
    found[at + SENDER] = finder.sender(sourceIp, ownNode);
    found[at + PLACE] = finder.place(destinationIp);
    found[at + EVENT] = finder.event(constants);
    found[at + POLICIES] = finder.policies();
    found[at + NODE] = ownNode;
    found[at + SIP] = sourceIp;
    found[at + SPORT] = sourcePort;
    found[at + DPORT] = destinationPort;
    found[at + DETAIL] = finder.detail();
    const protocol = state.protocols.idOf(constants.protocol);
    found[at + ATTEMPT] = state.attempts.placeOf(sourceIp, destinationIp, sourcePort, destinationPort, protocol);
    found[at + EVENT_TYPE] = constants.eventType;
    found[at + SIBLING_GROUP] = ownNode * 16 + (REASON_NUMBERS.get(constants.reason) ?? 0);
    found[at + DONE] = 1;
    packets[model[from] ?? 0] = constants.packets;
  };
  const at = (from: number, index: number): number => found[(model[from] ?? 0) * WIDTH + index] ?? 0;

  return {
    fill: (from, to) => {
      const own = model[from] ?? 0;
      const first = own * WIDTH;
      if (found[first + DONE] === 0) read(from, first, starts[own] ?? 0);
      attempt[to] = found[first + ATTEMPT] ?? 0;
      sender[to] = found[first + SENDER] ?? 0;
      place[to] = found[first + PLACE] ?? 0;
      event[to] = found[first + EVENT] ?? 0;
      policies[to] = found[first + POLICIES] ?? 0;
      node[to] = found[first + NODE] ?? 0;
      sip[to] = found[first + SIP] ?? 0;
      sport[to] = found[first + SPORT] ?? 0;
      dport[to] = found[first + DPORT] ?? 0;
      detail[to] = found[first + DETAIL] ?? 0;
    },
    attemptOf: (from) => at(from, ATTEMPT),
    eventTypeOf: (from) => at(from, EVENT_TYPE),
    siblingGroupOf: (from) => at(from, SIBLING_GROUP),
    packetsOf: (from) => packets[model[from] ?? 0] ?? 1,
  };
}
