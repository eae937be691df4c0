/** Stored flows read back from `flows` and `sessions`, with their ids as text. */
import type { DuckDBConnection } from "@duckdb/node-api";
import type { Flow } from "#lib/flows/flow.ts";
import { UUID_NONE, UUID_TEXT } from "#lib/flows/uuid-words.ts";
import { select, type Values } from "./database.ts";
import { idText } from "./flow-id.ts";
import type { Lexicon } from "./lexicon.ts";
import type { Columns } from "./read-columns.ts";
import type { StoredFlow } from "./stored-flow.ts";
import type { TextReader } from "./text-log.ts";

export interface FlowReader {
  readonly connection: DuckDBConnection;
  readonly lexicon: Lexicon;
  readonly leftovers: TextReader;
  readonly texts: TextReader;
}

const SELECT_FLOWS = `SELECT f.ts, f.hi, f.lo, f.packets::DOUBLE, f.extra, s.id, s.attempt, s.sender, s.place, s.event, s.policies, s.node,
  s.sip, s.sport, s.dport, s.frame, s.detail FROM flows f JOIN sessions s ON s.id = f.session`;

/** `rest` starts with WHERE, over `flows f` and `sessions s`. */
export async function readFlows(reader: FlowReader, rest: string, values: Values): Promise<StoredFlow[]> {
  const found = await select(reader.connection, `${SELECT_FLOWS} ${rest}`, values);
  const flows: StoredFlow[] = [];
  for (let row = 0; row < found.count; row++) flows.push(await storedFlow(reader, found, row));
  return flows;
}

async function storedFlow({ lexicon, leftovers }: FlowReader, found: Columns, row: number): Promise<StoredFlow> {
  const int = (index: number): number => found.ints(index)[row] ?? 0;
  const big = (index: number): bigint => found.bigs(index)[row] ?? 0n;
  const frame = int(15);
  const extra = int(4);
  const kind = lexicon.frames.at(frame)[2] ?? 0;
  const leftover = extra === 0 ? [] : listOf(await leftovers.read(extra));
  return {
    id: kind === UUID_TEXT ? (leftover[0] ?? "") : idText(big(1), big(2), kind),
    hasUuid: kind !== UUID_NONE,
    time: big(0),
    packets: found.floats(3)[row] ?? 0,
    session: int(5),
    attempt: int(6),
    sender: int(7),
    place: int(8),
    event: int(9),
    policies: int(10),
    node: int(11),
    sourceIp: int(12),
    sourcePort: int(13),
    destinationPort: int(14),
    frame,
    detail: int(16),
    leftover,
  };
}

function listOf(text: string | undefined): readonly string[] {
  const list: unknown = text === undefined ? [] : JSON.parse(text);
  return Array.isArray(list) ? list.map(String) : [];
}

const NO_ENDPOINT = { id: 0, identity: 0, cluster: "", namespace: "", pod: "", labels: [], workloads: [] };

/** The record again, as far as answers read it; the line is not part of it. */
export function recordOf(flow: StoredFlow, lexicon: Lexicon): Flow {
  const place = lexicon.places[flow.place];
  const event = lexicon.events[flow.event];
  const policies = lexicon.policies[flow.policies];
  const seldom = lexicon.details[flow.detail];
  if (!place || !event || !policies || !seldom) throw new Error("a stored flow names a dictionary entry that is not here");
  return {
    ...event,
    isReply: event.isReply,
    time: flow.time,
    timeFrom: "flow",
    uuid: flow.hasUuid ? flow.id : "",
    sourceIp: lexicon.addresses.texts[flow.sourceIp] ?? "",
    destinationIp: lexicon.addresses.texts[place.ip] ?? "",
    sourcePort: flow.sourcePort,
    destinationPort: flow.destinationPort,
    source: lexicon.endpoints[lexicon.senders[flow.sender]?.endpoint ?? -1]?.record ?? NO_ENDPOINT,
    destination: lexicon.endpoints[place.endpoint]?.record ?? NO_ENDPOINT,
    sourceNames: seldom.sourceNames,
    destinationNames: place.names,
    node: lexicon.nodes[flow.node]?.name ?? "",
    deniedBy: policies.deniedBy,
    policyLog: policies.log,
    packets: flow.packets,
    emitterVersion: "",
    nodeLabels: seldom.nodeLabels,
    detail: seldom.detail,
    parts: { shape: { pieces: [""], kinds: [] }, holes: [] },
  };
}
