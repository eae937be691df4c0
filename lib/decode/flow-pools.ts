/** Everything flows share: blocks by their text, and per address and node the blocks met with it last. */
import type { DictionaryWriter } from "#lib/flows/dictionary-writer.ts";
import type { Endpoint, Policy } from "#lib/flows/flow.ts";
import { Block, BlockPool } from "./block-pool.ts";
import { DetailPool } from "./detail-pool.ts";
import { FieldReader, isObject } from "./json-fields.ts";
import { ownCopy } from "./line-text.ts";
import { readNodeLabels } from "./read-detail.ts";
import { NO_ENDPOINT, readEndpoint, readPolicies } from "./read-endpoint.ts";

/** Blocks are looked up by the address (or node) they were last seen with, and then compared as a whole. */
export interface Neighbours {
  readonly text: string;
  /** The number of `text` in a dictionary. */
  dictionary: DictionaryWriter | undefined;
  textId: number;
  source: Block<Endpoint> | undefined;
  destination: Block<Endpoint> | undefined;
  sourceNames: Block<readonly string[]> | undefined;
  destinationNames: Block<readonly string[]> | undefined;
  policyLog: Block<readonly string[]> | undefined;
  egressDeniedBy: Block<readonly Policy[]> | undefined;
  ingressDeniedBy: Block<readonly Policy[]> | undefined;
  ethernet: Block<true> | undefined;
  nodeLabels: Block<readonly string[]> | undefined;
  node: Block<Neighbours> | undefined;
}

const BLOCKS_MAX = 131_072;
const POLICIES_MAX = 16_384;
const OPAQUE_MAX = 32_768;
const ADDRESSES_MAX = 131_072;
/** A power of two. */
const HINTS = 65_536;
const NODES_MAX = 16_384;

export class FlowPools {
  readonly endpoints = new BlockPool<Endpoint>(endpointOfJson, BLOCKS_MAX, () => this.forget());
  readonly names = new BlockPool<readonly string[]>(
    (json) => readWith((read) => read.texts({ json }, "json")),
    BLOCKS_MAX,
    () => this.forget(),
  );
  readonly policies = new BlockPool<readonly Policy[]>(
    (json) => readWith((read) => readPolicies({ json }, "json", read)),
    POLICIES_MAX,
    () => this.forget(),
  );
  readonly nodeLabels = new BlockPool<readonly string[]>(
    (json) => (json === null ? undefined : readNodeLabels(json)),
    OPAQUE_MAX,
    () => this.forget(),
  );
  readonly details = new DetailPool();
  /** Read by nobody: only known to be complete JSON. */
  readonly opaque = new BlockPool<true>(
    (json) => (json === null ? undefined : true),
    OPAQUE_MAX,
    () => this.forget(),
  );
  private addresses = new Map<string, Neighbours>();
  /** By a hash of their text: where the same one comes again, and most do, nothing has to be looked up. */
  private readonly addressHints: (Neighbours | undefined)[] = Array.from({ length: HINTS }, () => undefined);
  private readonly ethernetHints: (Block<true> | undefined)[] = Array.from({ length: HINTS }, () => undefined);
  private nodes = new Map<string, Block<Neighbours>>();

  /** What stands beside which address is a hint; without it the blocks that their pool dropped can go. */
  private forget(): void {
    this.addresses = new Map();
    this.addressHints.fill(undefined);
    this.ethernetHints.fill(undefined);
    this.nodes = new Map();
  }

  address(text: string): Neighbours {
    const known = this.addresses.get(text);
    if (known) return known;
    if (this.addresses.size >= ADDRESSES_MAX) this.addresses = new Map();
    const neighbours = newNeighbours(ownCopy(text));
    this.addresses.set(neighbours.text, neighbours);
    return neighbours;
  }

  /** The address that stands in the line; `hash` is of its chars. */
  addressAt(line: string, start: number, end: number, hash: number): Neighbours {
    const text = line.slice(start, end);
    const place = (hash ^ (hash >>> 15)) & (HINTS - 1);
    const hint = this.addressHints[place];
    if (hint !== undefined && hint.text === text) return hint;
    const found = this.address(text);
    this.addressHints[place] = found;
    return found;
  }

  /** The ethernet block that was last seen where the text hashes the same: it stands before the address it belongs to. */
  ethernet(hash: number): Block<true> | undefined {
    return this.ethernetHints[(hash ^ (hash >>> 15)) & (HINTS - 1)];
  }

  keepEthernet(hash: number, block: Block<true>): void {
    this.ethernetHints[(hash ^ (hash >>> 15)) & (HINTS - 1)] = block;
  }

  node(text: string): Block<Neighbours> {
    const known = this.nodes.get(text);
    if (known) return known;
    if (this.nodes.size >= NODES_MAX) this.nodes = new Map();
    const own = ownCopy(text);
    const node = new Block(own, newNeighbours(own));
    this.nodes.set(own, node);
    return node;
  }
}

export function newNeighbours(text: string): Neighbours {
  return {
    text,
    dictionary: undefined,
    textId: 0,
    source: undefined,
    destination: undefined,
    sourceNames: undefined,
    destinationNames: undefined,
    policyLog: undefined,
    egressDeniedBy: undefined,
    ingressDeniedBy: undefined,
    ethernet: undefined,
    nodeLabels: undefined,
    node: undefined,
  };
}

function endpointOfJson(json: unknown): Endpoint | undefined {
  if (!isObject(json)) return undefined;
  return Object.keys(json).length === 0 ? NO_ENDPOINT : readWith((read) => readEndpoint(json, read));
}

function readWith<T>(readValue: (read: FieldReader) => T): T | undefined {
  const read = new FieldReader();
  const value = readValue(read);
  return read.problem === "" ? value : undefined;
}
