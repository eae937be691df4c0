/** Dictionary ids of what a model names: most are known by the decoder's number, the others are looked up by what it stands for. */
import type { Flow } from "#lib/flows/flow.ts";
import { AT, type FlowColumns, type FlowConstants, HOLES_AT, TOLD } from "#lib/flows/flow-columns.ts";
import { flowOfRow } from "#lib/flows/flow-of-row.ts";
import { columnsOf } from "#lib/flows/flow-rows.ts";
import type { AttemptTable } from "./attempt-table.ts";
import { createKnownIds, type KnownIds, UNKNOWN } from "./known-ids.ts";
import type { Lexicon } from "./lexicon.ts";
import type { StringTable } from "./string-table.ts";
import type { TextPool } from "./text-pool.ts";

/** Where ids are given out. */
export interface IdSources {
  readonly lexicon: Lexicon;
  readonly pool: TextPool;
  readonly attempts: AttemptTable;
  readonly protocols: StringTable;
}

/** Above any number of a list; two numbers make one key. */
const LISTS_BELOW = 2 ** 26;
const NO_COLUMNS: FlowColumns = columnsOf([]);

type TextKind = "source" | "destination" | "names" | "policies";

export class IdFinder {
  private readonly lexicon: Lexicon;
  private readonly pool: TextPool;
  private columns = NO_COLUMNS;
  private models = NO_COLUMNS.models;
  private known = createKnownIds().of(NO_COLUMNS.dictionary);
  private row = 0;
  private start = 0;
  private readonly flow = (): Flow => flowOfRow(this.columns, this.row);
  private readonly texts: { readonly [K in TextKind | "node"]: () => number } = {
    source: () => this.pooled("source"),
    destination: () => this.pooled("destination"),
    names: () => this.pooled("names"),
    policies: () => this.pooled("policies"),
    node: () => this.pooledNode(),
  };

  constructor({ lexicon, pool }: IdSources) {
    this.lexicon = lexicon;
    this.pool = pool;
  }

  beginBatch(columns: FlowColumns, known: KnownIds): void {
    this.columns = columns;
    this.models = columns.models;
    this.known = known;
  }

  /** What is asked next is of the model that begins at `start`; `row` is one of its rows. */
  begin(row: number, start: number): void {
    this.row = row;
    this.start = start;
  }

  constants(): FlowConstants {
    const constants = this.columns.dictionary.constants[this.field(AT.constants)];
    if (constants === undefined) throw new RangeError("a model names constants that are not here");
    return constants;
  }

  address(at: typeof AT.sourceIp | typeof AT.destinationIp): number {
    const { known } = this;
    const id = this.field(at);
    const before = known.addresses[id] ?? UNKNOWN;
    if (before !== UNKNOWN) return before;
    const address = this.lexicon.addresses.idOf(this.text(id));
    known.addresses[id] = address;
    return address;
  }

  node(): number {
    const { known } = this;
    const id = this.field(AT.node);
    const before = known.nodes[id] ?? UNKNOWN;
    if (before !== UNKNOWN) return before;
    const node = this.lexicon.nodeOf(this.text(id), this.texts.node);
    known.nodes[id] = node;
    return node;
  }

  sender(ip: number, node: number): number {
    const { known } = this;
    const id = this.field(AT.source);
    if (known.senders[id] !== UNKNOWN && known.senderIps[id] === ip && known.senderNodes[id] === node) return known.senders[id] ?? 0;
    const sender = this.lexicon.senderOf(this.flow, this.endpointOf(id, "source"), ip, node);
    known.senders[id] = sender;
    known.senderIps[id] = ip;
    known.senderNodes[id] = node;
    return sender;
  }

  place(ip: number): number {
    const { known } = this;
    const [address, endpoint, names] = [this.field(AT.destinationIp), this.field(AT.destination), this.field(AT.destinationNames)];
    if (known.placeEndpoints[address] === endpoint && known.placeNames[address] === names) return known.places[address] ?? 0;
    const { lists } = this.columns.dictionary;
    const place = this.lexicon.placeOf(this.endpointOf(endpoint, "destination"), ip, lists[names] ?? [], this.texts.names);
    known.places[address] = place;
    known.placeEndpoints[address] = endpoint;
    known.placeNames[address] = names;
    return place;
  }

  event(constants: FlowConstants): number {
    const { known } = this;
    const id = this.field(AT.constants);
    const before = known.events[id] ?? UNKNOWN;
    if (before !== UNKNOWN) return before;
    const event = this.lexicon.eventOf(constants);
    known.events[id] = event;
    return event;
  }

  policies(): number {
    const { known } = this;
    const { dictionary } = this.columns;
    const id = this.field(AT.deniedBy);
    const log = dictionary.lists[this.field(AT.policyLog)] ?? [];
    const before = log.length === 0 ? (known.policies[id] ?? UNKNOWN) : UNKNOWN;
    if (before !== UNKNOWN) return before;
    const policies = this.lexicon.policiesOf(dictionary.policies[id] ?? [], log, this.texts.policies);
    if (log.length === 0) known.policies[id] = policies;
    return policies;
  }

  detail(): number {
    const { known } = this;
    const { dictionary } = this.columns;
    const [id, labels, names] = [this.field(AT.detail), this.field(AT.nodeLabels), this.field(AT.sourceNames)];
    const key = id * LISTS_BELOW + labels;
    const before = names === 0 ? known.details.get(key) : undefined;
    if (before !== undefined) return before;
    const [detail, nodeLabels, sourceNames] = [dictionary.details[id], dictionary.lists[labels], dictionary.lists[names]];
    if (!detail || !nodeLabels || !sourceNames) throw new RangeError("a model names a detail that is not here");
    const found = this.lexicon.detailOf({ detail, nodeLabels, sourceNames });
    if (names === 0) known.details.set(key, found);
    return found;
  }

  private endpointOf(id: number, side: "source" | "destination"): number {
    const { known } = this;
    const before = known.endpoints[id] ?? UNKNOWN;
    if (before !== UNKNOWN) return before;
    const record = this.columns.dictionary.endpoints[id];
    if (record === undefined) throw new RangeError("a model names an endpoint that is not here");
    const endpoint = this.lexicon.endpointOf(record, this.texts[side]);
    known.endpoints[id] = endpoint;
    return endpoint;
  }

  private field(index: number): number {
    return this.models[this.start + index] ?? 0;
  }

  private text(id: number): string {
    return this.columns.dictionary.texts[id] ?? "";
  }

  private holeOf(kind: TextKind | "node"): number {
    return this.columns.dictionary.shapes[this.field(AT.shape)]?.kinds.indexOf(kind) ?? -1;
  }

  /** Text, in the pool, of the first hole of a kind; 0 = none. */
  private pooled(kind: TextKind): number {
    const hole = this.holeOf(kind);
    const words = hole < 0 ? "" : this.text(this.field(HOLES_AT + hole));
    return words === "" ? 0 : this.pool.idOf(words);
  }

  private pooledNode(): number {
    const hole = this.holeOf("node");
    if (hole < 0) return 0;
    const told = this.field(HOLES_AT + hole) === TOLD;
    const words = told ? this.text(this.field(AT.node)) : (this.flow().parts.holes[hole] ?? "");
    return words === "" ? 0 : this.pool.idOf(words);
  }
}
