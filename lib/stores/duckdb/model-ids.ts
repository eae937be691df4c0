/** Dictionary ids of the models of a batch, each looked up when its first row comes. */
import { AT, type FlowColumns } from "#lib/flows/flow-columns.ts";
import { REASONS } from "#lib/flows/reason.ts";
import { IdFinder, type IdSources } from "./id-finder.ts";
import type { KnownIds } from "./known-ids.ts";
import type { RowIdColumns } from "./row-buffer.ts";

/** What a model stands for; the first ones are columns of a row. */
const [ATTEMPT, SENDER, PLACE, EVENT, POLICIES, NODE, SIP, SPORT, DPORT, DETAIL] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] as const;
const [EVENT_TYPE, SIBLING_GROUP, DONE] = [10, 11, 12] as const;
const WIDTH = 13;

const REASON_NUMBERS = new Map(REASONS.map((reason, index) => [reason, index]));

/** One for all batches: closures made for each would be compiled for each. */
export class ModelIds {
  private readonly finder: IdFinder;
  private readonly state: IdSources;
  private found = new Int32Array(0);
  private packets = new Float64Array(0);
  private columns: FlowColumns | undefined;
  private starts: Int32Array = new Int32Array(0);
  private model: Int32Array = new Int32Array(0);

  constructor(state: IdSources) {
    this.state = state;
    this.finder = new IdFinder(state);
  }

  /** What is asked next is about rows of this batch. */
  begin(columns: FlowColumns, known: KnownIds): void {
    this.columns = columns;
    this.starts = columns.starts;
    this.model = columns.model;
    const count = columns.starts.length;
    if (this.packets.length < count) {
      this.found = new Int32Array(count * WIDTH);
      this.packets = new Float64Array(count);
    } else this.found.fill(0, 0, count * WIDTH);
    this.finder.beginBatch(columns, known);
  }

  /** Writes the ids of a row of this batch, the `from`th of its columns, into row `to` of a buffer. */
  fill(from: number, to: number, ids: RowIdColumns): void {
    const { found } = this;
    const own = this.model[from] ?? 0;
    const first = own * WIDTH;
    if (found[first + DONE] === 0) this.read(from, first, this.starts[own] ?? 0);
    ids.attempt[to] = found[first + ATTEMPT] ?? 0;
    ids.sender[to] = found[first + SENDER] ?? 0;
    ids.place[to] = found[first + PLACE] ?? 0;
    ids.event[to] = found[first + EVENT] ?? 0;
    ids.policies[to] = found[first + POLICIES] ?? 0;
    ids.node[to] = found[first + NODE] ?? 0;
    ids.sip[to] = found[first + SIP] ?? 0;
    ids.sport[to] = found[first + SPORT] ?? 0;
    ids.dport[to] = found[first + DPORT] ?? 0;
    ids.detail[to] = found[first + DETAIL] ?? 0;
  }

  attemptOf(from: number): number {
    return this.at(from, ATTEMPT);
  }

  eventTypeOf(from: number): number {
    return this.at(from, EVENT_TYPE);
  }

  /** Two records of one packet agree in this. */
  siblingGroupOf(from: number): number {
    return this.at(from, SIBLING_GROUP);
  }

  packetsOf(from: number): number {
    return this.packets[this.model[from] ?? 0] ?? 1;
  }

  private at(from: number, index: number): number {
    return this.found[(this.model[from] ?? 0) * WIDTH + index] ?? 0;
  }

  private read(from: number, at: number, start: number): void {
    const { finder, found, state } = this;
    const models = this.columns?.models;
    finder.begin(from, start);
    const constants = finder.constants();
    const sourceIp = finder.address(AT.sourceIp);
    const destinationIp = finder.address(AT.destinationIp);
    const ownNode = finder.node();
    const sourcePort = models?.[start + AT.sourcePort] ?? -1;
    const destinationPort = models?.[start + AT.destinationPort] ?? -1;
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
    this.packets[this.model[from] ?? 0] = constants.packets;
  }
}
