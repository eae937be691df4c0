/** One flow in detail: its line as it came, the other record of its packet, the packets of its attempt. */

import { utf8Of } from "#lib/decode/line-text.ts";
import { formatTime } from "#lib/flows/flow-time.ts";
import { isSiblingType, SIBLING_DISTANCE_NS } from "#lib/flows/sibling.ts";
import type { FlowDetail } from "#lib/questions/answer.ts";
import { flowRowOf } from "#lib/questions/flow-row.ts";
import { notFound } from "#lib/questions/problems.ts";
import { MOST_PACKETS } from "#lib/questions/reference-flows.ts";
import type { Told } from "#lib/stores/told.ts";
import { idList, select } from "./database.ts";
import { keyOfId } from "./flow-id.ts";
import { restoreLine } from "./line-restore.ts";
import { type FlowReader, readFlows, recordOf } from "./read-flows.ts";
import { HIDDEN } from "./schema.ts";
import type { StoredFlow } from "./stored-flow.ts";

export async function answerFlow(reader: FlowReader, id: string): Promise<Told<FlowDetail>> {
  const { hi, lo } = keyOfId(id);
  const found = (await readFlows(reader, "WHERE f.hi = $hi AND f.lo = $lo", { hi, lo })).find((flow) => flow.id === id);
  if (!found) return { problem: notFound(id) };
  const other = await otherRecord(reader, found);
  const isHidden = other !== undefined && (await hidden(reader, found));
  const shown = isHidden ? other : found;
  const sibling = isHidden ? found : other;
  const record = recordOf(shown, reader.lexicon);
  return {
    answer: {
      row: flowRowOf(shown.id, record),
      sourceLabels: record.source.labels,
      destinationLabels: record.destination.labels,
      deniedBy: record.deniedBy.map(({ name, namespace, kind }) => ({ name, namespace, kind })),
      policyLog: record.policyLog,
      line: await lineOf(reader, shown),
      sibling: sibling && { id: sibling.id, line: await lineOf(reader, sibling) },
      attempt: await packetsOf(reader, shown.attempt),
    },
  };
}

async function lineOf(reader: FlowReader, flow: StoredFlow): Promise<string> {
  const text = async (id: number): Promise<string> => (await reader.texts.read(id)) ?? "";
  return utf8Of(await restoreLine(flow, reader.lexicon, { text }));
}

async function hidden(reader: FlowReader, flow: StoredFlow): Promise<boolean> {
  const found = await select(reader.connection, "SELECT kind FROM sessions WHERE id = $id", { id: flow.session });
  return found.ints(0)[0] === HIDDEN;
}

/** The other record of the same packet: of the other event type, one shown and one hidden, the nearest in time. */
async function otherRecord(reader: FlowReader, flow: StoredFlow): Promise<StoredFlow | undefined> {
  const { lexicon } = reader;
  const event = lexicon.events[flow.event];
  if (!event || !isSiblingType(event.eventType)) return undefined;
  const isHidden = await hidden(reader, flow);
  const near = await readFlows(
    reader,
    `WHERE f.ts >= $from AND f.ts <= $to AND s.attempt = $attempt AND s.node = $node AND s.kind ${isHidden ? "<>" : "="} ${HIDDEN}`,
    { from: flow.time - SIBLING_DISTANCE_NS, to: flow.time + SIBLING_DISTANCE_NS, attempt: flow.attempt, node: flow.node },
  );
  const apart = (other: StoredFlow): bigint => (other.time > flow.time ? other.time - flow.time : flow.time - other.time);
  const fitting = near.filter((other) => {
    const otherEvent = lexicon.events[other.event];
    return otherEvent !== undefined && otherEvent.eventType + event.eventType === 6 && otherEvent.reason === event.reason;
  });
  return fitting.sort((a, b) => Number(apart(a) - apart(b)))[0];
}

/** Oldest first. */
async function packetsOf(reader: FlowReader, attempt: number): Promise<FlowDetail["attempt"]> {
  const sessions = await select(reader.connection, `SELECT id, first, last FROM sessions WHERE attempt = $attempt AND kind <> ${HIDDEN}`, {
    attempt,
  });
  const span = await select(
    reader.connection,
    `SELECT coalesce(min(first), 0), coalesce(max(last), 0) FROM sessions WHERE attempt = $attempt AND kind <> ${HIDDEN}`,
    { attempt },
  );
  const flows = await readFlows(
    reader,
    `WHERE f.ts >= $from AND f.ts <= $to AND f.session IN (SELECT unnest($ids)) ORDER BY f.ts, f.hi, f.lo LIMIT ${MOST_PACKETS}`,
    { from: span.bigs(0)[0] ?? 0n, to: span.bigs(1)[0] ?? 0n, ids: idList([...sessions.ints(0)]) },
  );
  return flows
    .sort((a, b) => (a.time === b.time ? (a.id < b.id ? -1 : 1) : a.time < b.time ? -1 : 1))
    .map((flow) => ({ id: flow.id, time: formatTime(flow.time), packets: flow.packets }));
}
