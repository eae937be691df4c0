/** Reads the holes whose content many lines share: addresses, and the blocks found beside them. Every byte is compared. */
import { DictionaryWriter } from "#lib/flows/dictionary-writer.ts";
import type { Policy } from "#lib/flows/flow.ts";
import { AT } from "#lib/flows/flow-columns.ts";
import { Block, type BlockPool } from "./block-pool.ts";
import type { HoleReader } from "./find-holes.ts";
import { type FlowPools, type Neighbours, newNeighbours } from "./flow-pools.ts";
import type { PlainReader } from "./plain-holes.ts";
import { endOfValue } from "./scan-json.ts";
import type { Escape } from "./wrapped-line.ts";

export type SharedReader = Exclude<HoleReader, PlainReader>;

const QUOTE = 0x22;
const ADDRESS_MAX = 45;
const NODE = /^[ !#-[\]-~]{1,600}$/;
// `{"source":"5e:a0:3e:10:9e:71"`: what tells one from another
const ETHERNET_START = 17;
const ETHERNET_END = 28;
const IN_ADDRESS = new Uint8Array(65_536);
for (const char of "0123456789abcdefABCDEF:.") IN_ADDRESS[char.charCodeAt(0)] = 1;

export class SharedHoles {
  line = "";
  /** Numbers of the fields read last, at their places of a model, in this dictionary. */
  readonly fields = new Int32Array(AT.node + 1);
  dictionary = new DictionaryWriter();
  egressDeniedBy: Block<readonly Policy[]> | undefined;
  ingressDeniedBy: Block<readonly Policy[]> | undefined;
  /** Number of the text of the hole read last. */
  textId = 0;
  private write: Escape | undefined;
  private node: Block<Neighbours>;
  private sourceAddress: Neighbours;
  private destinationAddress: Neighbours;
  private readonly nowhere: Neighbours = newNeighbours("");
  private readonly pools: FlowPools;

  constructor(pools: FlowPools) {
    this.pools = pools;
    this.sourceAddress = this.nowhere;
    this.destinationAddress = this.nowhere;
    this.node = pools.node("");
  }

  /** `write`: how the texts are written in the line around this one, undefined when this is the whole. */
  begin(line: string, dictionary: DictionaryWriter, write: Escape | undefined): void {
    this.line = line;
    this.dictionary = dictionary;
    this.write = write;
    this.sourceAddress = this.nowhere;
    this.destinationAddress = this.nowhere;
  }

  /** Where the hole after `piece`, which must stand at `at`, ends; -1 when the piece or the hole is something else. */
  read(reader: SharedReader, piece: string, at: number): number {
    const near = this.sourceAddress;
    const far = this.destinationAddress;
    const { pools, fields } = this;
    switch (reader) {
      case "sourceIp":
        return this.readAddress(piece, at, true);
      case "destinationIp":
        return this.readAddress(piece, at, false);
      case "source": {
        const block = this.blockAt(near.source, pools.endpoints, piece, at);
        if (!block) return -1;
        if (near.source !== block) near.source = block;
        if (block.dictionary !== this.dictionary) this.enter(block, this.dictionary.endpoint(block.value));
        fields[AT.source] = block.valueId;
        return this.end(block, piece, at);
      }
      case "destination": {
        const block = this.blockAt(far.destination, pools.endpoints, piece, at);
        if (!block) return -1;
        if (far.destination !== block) far.destination = block;
        if (block.dictionary !== this.dictionary) this.enter(block, this.dictionary.endpoint(block.value));
        fields[AT.destination] = block.valueId;
        return this.end(block, piece, at);
      }
      case "node":
        return this.readNode(piece, at);
      case "sameNode": {
        const { node: first } = this;
        first.value.node ??= new Block(first.text, first.value);
        const { node } = first.value;
        return this.stands(node, piece, at) ? this.endOfNode(node, piece, at) : -1;
      }
      case "nodeLabels": {
        const block = this.blockAt(near.nodeLabels, pools.nodeLabels, piece, at);
        if (!block) return -1;
        if (near.nodeLabels !== block) near.nodeLabels = block;
        if (block.dictionary !== this.dictionary) this.enter(block, this.dictionary.list(block.value));
        fields[AT.nodeLabels] = block.valueId;
        return this.end(block, piece, at);
      }
      case "ethernet": {
        const hash = this.hashOfEthernet(at + piece.length);
        const known = pools.ethernet(hash);
        const block = this.blockAt(known, pools.opaque, piece, at);
        if (!block) return -1;
        if (block !== known) pools.keepEthernet(hash, block);
        if (block.dictionary !== this.dictionary) this.enter(block, 0);
        return this.end(block, piece, at);
      }
      case "egressDeniedBy":
      case "ingressDeniedBy": {
        const block = this.blockAt(far[reader], pools.policies, piece, at);
        if (!block) return -1;
        if (far[reader] !== block) far[reader] = block;
        if (block.dictionary !== this.dictionary) this.enter(block, this.dictionary.policy(block.value));
        this[reader] = block;
        return this.end(block, piece, at);
      }
      default: {
        const beside = reader === "sourceNames" ? near : far;
        const block = this.blockAt(beside[reader], pools.names, piece, at);
        if (!block) return -1;
        if (beside[reader] !== block) beside[reader] = block;
        if (block.dictionary !== this.dictionary) this.enter(block, this.dictionary.list(block.value));
        fields[AT[reader]] = block.valueId;
        return this.end(block, piece, at);
      }
    }
  }

  private enter<T>(block: Block<T>, valueId: number): void {
    block.dictionary = this.dictionary;
    block.textId = this.dictionary.newText(block.text);
    block.valueId = valueId;
  }

  private hashOfEthernet(start: number): number {
    let hash = 0;
    for (let at = start + ETHERNET_START; at < start + ETHERNET_END; at++) hash = Math.imul(hash, 31) + this.line.charCodeAt(at);
    return hash;
  }

  private end<T>(block: Block<T>, piece: string, at: number): number {
    this.textId = this.write === undefined ? block.textId : this.escapedId(block, this.write);
    return at + piece.length + block.text.length;
  }

  private readAddress(piece: string, at: number, source: boolean): number {
    const line = this.line;
    const start = at + piece.length;
    if (line.slice(at, start) !== piece) return -1;
    let end = start;
    let hash = 0;
    for (let code = line.charCodeAt(end); IN_ADDRESS[code] === 1; code = line.charCodeAt(++end)) hash = Math.imul(hash, 31) + code;
    if (end - start < 2 || end - start > ADDRESS_MAX || line.charCodeAt(end) !== QUOTE) return -1;
    const address = this.pools.addressAt(line, start, end, hash);
    if (address.dictionary !== this.dictionary) {
      address.dictionary = this.dictionary;
      address.textId = this.dictionary.newText(address.text);
    }
    if (source) this.sourceAddress = address;
    else this.destinationAddress = address;
    this.fields[source ? AT.sourceIp : AT.destinationIp] = address.textId;
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
    if (this.sourceAddress.node !== node) this.sourceAddress.node = node;
    this.node = node;
    if (node.dictionary !== this.dictionary) this.enter(node, 0);
    this.fields[AT.node] = node.textId;
    return this.endOfNode(node, piece, at);
  }

  private escapedId<T>(block: Block<T>, write: Escape): number {
    if (block.escapedIn !== this.dictionary || block.escapedBy !== write) {
      block.escapedIn = this.dictionary;
      block.escapedBy = write;
      block.escapedId = this.dictionary.text(write(block.text));
    }
    return block.escapedId;
  }

  private endOfNode(node: Block<Neighbours>, piece: string, at: number): number {
    // told by the record only where it is written as it is
    if (this.write !== undefined && this.write(node.text) !== node.text) return -1;
    return at + piece.length + node.text.length;
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
