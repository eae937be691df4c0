/** Reads the holes whose content many lines share: addresses, and the blocks found beside them. Every byte is compared. */
import type { Endpoint, Policy } from "#lib/flows/flow.ts";
import { Block, type BlockPool } from "./block-pool.ts";
import type { HoleReader } from "./find-holes.ts";
import { type FlowPools, type Neighbours, newNeighbours } from "./flow-pools.ts";
import type { PlainReader } from "./plain-holes.ts";
import { NO_ENDPOINT, NO_POLICIES } from "./read-endpoint.ts";
import { endOfValue } from "./scan-json.ts";

export type SharedReader = Exclude<HoleReader, PlainReader>;

const QUOTE = 0x22;
const ADDRESS_MAX = 45;
const NODE = /^[ !#-[\]-~]{1,600}$/;
// `{"source":"5e:a0:3e:10:9e:71"`: stands before the addresses in the order Cilium writes.
const ETHERNET_BEGINNING = 29;
const NO_NAMES: readonly string[] = [];
const IN_ADDRESS = new Uint8Array(65_536);
for (const char of "0123456789abcdefABCDEF:.") IN_ADDRESS[char.charCodeAt(0)] = 1;

export class SharedHoles {
  line = "";
  source: Endpoint = NO_ENDPOINT;
  destination: Endpoint = NO_ENDPOINT;
  sourceNames = NO_NAMES;
  destinationNames = NO_NAMES;
  policyLog = NO_NAMES;
  nodeLabels = NO_NAMES;
  egressDeniedBy: readonly Policy[] = NO_POLICIES;
  ingressDeniedBy: readonly Policy[] = NO_POLICIES;
  sourceAddress: Neighbours;
  destinationAddress: Neighbours;
  node: Block<Neighbours>;
  /** The text of the hole read last. */
  text = "";
  private readonly nowhere: Neighbours = newNeighbours("");
  private readonly pools: FlowPools;

  constructor(pools: FlowPools) {
    this.pools = pools;
    this.sourceAddress = this.nowhere;
    this.destinationAddress = this.nowhere;
    this.node = pools.node("");
  }

  begin(line: string): void {
    this.line = line;
    this.sourceAddress = this.nowhere;
    this.destinationAddress = this.nowhere;
  }

  /** Everything read from the line so far, to be restored for a line that says the same. */
  save() {
    return {
      source: this.source,
      destination: this.destination,
      sourceNames: this.sourceNames,
      destinationNames: this.destinationNames,
      policyLog: this.policyLog,
      nodeLabels: this.nodeLabels,
      egressDeniedBy: this.egressDeniedBy,
      ingressDeniedBy: this.ingressDeniedBy,
      sourceAddress: this.sourceAddress,
      destinationAddress: this.destinationAddress,
      node: this.node,
    };
  }

  restore(saved: ReturnType<SharedHoles["save"]>): void {
    this.source = saved.source;
    this.destination = saved.destination;
    this.sourceNames = saved.sourceNames;
    this.destinationNames = saved.destinationNames;
    this.policyLog = saved.policyLog;
    this.nodeLabels = saved.nodeLabels;
    this.egressDeniedBy = saved.egressDeniedBy;
    this.ingressDeniedBy = saved.ingressDeniedBy;
    this.sourceAddress = saved.sourceAddress;
    this.destinationAddress = saved.destinationAddress;
    this.node = saved.node;
  }

  /** Where the hole after `piece`, which must stand at `at`, ends; -1 when the piece or the hole is something else. */
  read(reader: SharedReader, piece: string, at: number): number {
    const near = this.sourceAddress;
    const far = this.destinationAddress;
    const { pools } = this;
    switch (reader) {
      case "sourceIp":
        return this.readAddress(piece, at, true);
      case "destinationIp":
        return this.readAddress(piece, at, false);
      case "source": {
        const block = this.blockAt(near.source, pools.endpoints, piece, at);
        if (!block) return -1;
        near.source = block;
        this.source = block.value;
        return this.end(block, piece, at);
      }
      case "destination": {
        const block = this.blockAt(far.destination, pools.endpoints, piece, at);
        if (!block) return -1;
        far.destination = block;
        this.destination = block.value;
        return this.end(block, piece, at);
      }
      case "node":
        return this.readNode(piece, at);
      case "sameNode": {
        const { node: first } = this;
        first.value.node ??= new Block(first.text, first.value);
        const { node } = first.value;
        return this.stands(node, piece, at) ? this.end(node, piece, at) : -1;
      }
      case "nodeLabels": {
        const block = this.blockAt(near.nodeLabels, pools.nodeLabels, piece, at);
        if (!block) return -1;
        near.nodeLabels = block;
        this.nodeLabels = block.value;
        return this.end(block, piece, at);
      }
      case "ethernet": {
        const start = at + piece.length;
        const beside = near === this.nowhere ? pools.beginning(this.line.slice(start, start + ETHERNET_BEGINNING)) : near;
        const block = this.blockAt(beside.ethernet, pools.opaque, piece, at);
        if (!block) return -1;
        beside.ethernet = block;
        return this.end(block, piece, at);
      }
      case "egressDeniedBy":
      case "ingressDeniedBy": {
        const block = this.blockAt(far[reader], pools.policies, piece, at);
        if (!block) return -1;
        far[reader] = block;
        this[reader] = block.value;
        return this.end(block, piece, at);
      }
      default: {
        const beside = reader === "sourceNames" ? near : far;
        const block = this.blockAt(beside[reader], pools.names, piece, at);
        if (!block) return -1;
        beside[reader] = block;
        this[reader] = block.value;
        return this.end(block, piece, at);
      }
    }
  }

  private end<T>(block: Block<T>, piece: string, at: number): number {
    this.text = block.text;
    return at + piece.length + block.text.length;
  }

  private readAddress(piece: string, at: number, source: boolean): number {
    const line = this.line;
    const start = at + piece.length;
    if (line.slice(at, start) !== piece) return -1;
    let end = start;
    while (IN_ADDRESS[line.charCodeAt(end)] === 1) end++;
    if (end - start < 2 || end - start > ADDRESS_MAX || line.charCodeAt(end) !== QUOTE) return -1;
    const address = this.pools.address(line.slice(start, end));
    if (source) this.sourceAddress = address;
    else this.destinationAddress = address;
    this.text = address.text;
    return end;
  }

  private readNode(piece: string, at: number): number {
    const line = this.line;
    const known = this.sourceAddress.node;
    let node = known;
    const knownEnd = known ? at + piece.length + known.text.length : 0;
    if (!known || line.charCodeAt(knownEnd) !== QUOTE || !this.stands(known, piece, at)) {
      const start = at + piece.length;
      const end = line.indexOf('"', start);
      if (line.slice(at, start) !== piece || end < start || !NODE.test(line.slice(start, end))) return -1;
      node = this.pools.node(line.slice(start, end));
    }
    if (!node) return -1;
    this.sourceAddress.node = node;
    this.node = node;
    return this.end(node, piece, at);
  }

  /** The block met last beside this address if it stands here, else the one that the text here tells. */
  private blockAt<T>(known: Block<T> | undefined, pool: BlockPool<T>, piece: string, at: number): Block<T> | undefined {
    if (known && this.stands(known, piece, at)) return known;
    const line = this.line;
    const start = at + piece.length;
    return line.slice(at, start) === piece ? pool.blockOf(line.slice(start, endOfValue(line, start))) : undefined;
  }

  /**
   * Whether the piece and the block stand here. Comparing a slice is one memcmp (startsWith goes char by char and took 60 times as long for
   * 1 kB, V8 13.6), but making the slice costs as much as comparing 1 kB: hence the two as one text.
   */
  private stands<T>(block: Block<T>, piece: string, at: number): boolean {
    const line = this.line;
    if (block.lead === piece) return line.slice(at, at + block.led.length) === block.led;
    const start = at + piece.length;
    if (line.slice(at, start) !== piece || line.slice(start, start + block.text.length) !== block.text) return false;
    block.meet(piece);
    return true;
  }
}
