/** A row of columns as the flow it stands for. */
import type { Endpoint, Flow, HoleKind, LineShape } from "./flow.ts";
import { AT, type FlowColumns, type FlowDictionary, HOLES_AT, OWN, TOLD } from "./flow-columns.ts";
import { NO_DETAIL } from "./flow-detail.ts";
import { formatTime, formatTimeShort } from "./flow-time.ts";
import { UUID_CANONICAL, UUID_NONE, uuidText } from "./uuid-words.ts";

const NO_ENDPOINT: Endpoint = { id: 0, identity: 0, cluster: "", namespace: "", pod: "", labels: [], workloads: [] };
const NO_TEXTS: readonly string[] = [];
const NO_SHAPE: LineShape = { pieces: [""], kinds: [] };

export function flowsOf(columns: FlowColumns): Flow[] {
  return Array.from({ length: columns.count }, (_, row) => flowOfRow(columns, row));
}

export function flowOfRow(columns: FlowColumns, row: number): Flow {
  const { dictionary, models } = columns;
  const start = columns.starts[columns.model[row] ?? 0] ?? 0;
  const at = (field: number): number => models[start + field] ?? 0;
  const list = (field: number): readonly string[] => dictionary.lists[at(field)] ?? NO_TEXTS;
  const kind = columns.uuidKind[row] ?? UUID_NONE;
  const firstOwn = columns.ownAt[row] ?? 0;
  const record = {
    time: columns.time[row] ?? 0n,
    uuid: kind === UUID_CANONICAL ? uuidText(columns.uuid, row * 4) : kind === UUID_NONE ? "" : (columns.own[firstOwn] ?? ""),
    sourceIp: textAt(dictionary, at(AT.sourceIp)),
    destinationIp: textAt(dictionary, at(AT.destinationIp)),
    node: textAt(dictionary, at(AT.node)),
    sourcePort: at(AT.sourcePort),
    destinationPort: at(AT.destinationPort),
  };
  const shape = dictionary.shapes[at(AT.shape)] ?? NO_SHAPE;
  let own = firstOwn + (kind === UUID_CANONICAL || kind === UUID_NONE ? 0 : 1);
  const holes = shape.kinds.map((hole, index): string => {
    const filler = at(HOLES_AT + index);
    if (filler === TOLD) return toldText(hole, record);
    return filler === OWN ? (columns.own[own++] ?? "") : textAt(dictionary, filler);
  });
  const constants = dictionary.constants[at(AT.constants)];
  if (constants === undefined) throw new RangeError(`row ${row} is of no model`);
  return {
    time: record.time,
    timeFrom: constants.timeFrom,
    uuid: record.uuid,
    verdict: constants.verdict,
    reason: constants.reason,
    dropReason: constants.dropReason,
    dropReasonName: constants.dropReasonName,
    eventType: constants.eventType,
    eventSubType: constants.eventSubType,
    direction: constants.direction,
    isReply: constants.isReply,
    sourceIp: record.sourceIp,
    destinationIp: record.destinationIp,
    protocol: constants.protocol,
    sourcePort: record.sourcePort,
    destinationPort: record.destinationPort,
    source: dictionary.endpoints[at(AT.source)] ?? NO_ENDPOINT,
    destination: dictionary.endpoints[at(AT.destination)] ?? NO_ENDPOINT,
    sourceNames: list(AT.sourceNames),
    destinationNames: list(AT.destinationNames),
    node: record.node,
    deniedBy: dictionary.policies[at(AT.deniedBy)] ?? [],
    policyLog: list(AT.policyLog),
    packets: constants.packets,
    emitterVersion: constants.emitterVersion,
    nodeLabels: list(AT.nodeLabels),
    detail: dictionary.details[at(AT.detail)] ?? NO_DETAIL,
    parts: { shape, holes },
  };
}

/** What a flow's own fields say about a hole of this kind; empty where they say nothing. */
export function toldText(
  kind: HoleKind,
  flow: Pick<Flow, "time" | "uuid" | "sourceIp" | "destinationIp" | "sourcePort" | "destinationPort" | "node">,
): string {
  switch (kind) {
    case "time":
      return formatTime(flow.time);
    case "time_short":
      return formatTimeShort(flow.time);
    case "uuid":
      return flow.uuid;
    case "source_ip":
      return flow.sourceIp;
    case "destination_ip":
      return flow.destinationIp;
    case "source_port":
      return String(flow.sourcePort);
    case "destination_port":
      return String(flow.destinationPort);
    case "node":
      return flow.node;
    default:
      return "";
  }
}

function textAt(dictionary: FlowDictionary, id: number): string {
  return dictionary.texts[id] ?? "";
}
