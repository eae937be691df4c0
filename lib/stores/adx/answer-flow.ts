/** One flow in detail, its other record and the packets of its attempt, asked in KQL. */

import type { FlowDetail } from "#lib/questions/answer.ts";
import { notFound } from "#lib/questions/problems.ts";
import { MOST_PACKETS } from "#lib/questions/reference-flows.ts";
import type { Told } from "#lib/stores/told.ts";
import { type Asking, around, askFor, everything, flowsQuery, rowsQuery, type TimeSpan } from "./asking.ts";
import { FLOW_ROW, flowRow, POLICIES, ROW_PROJECTION } from "./flow-row-columns.ts";
import { type KustoQuery, textParameter } from "./kusto-query.ts";
import { COUNT, type RowOf, rowShape, TEXT, TEXTS, TIME, TIME_TEXT } from "./row-shape.ts";
import type { SeenTimes } from "./seen-times.ts";
import { isWord } from "./words-of.ts";

const PAIR_ROW = rowShape(["Id", TEXT], ["Hidden", TEXT]);
const DETAIL_ROW = rowShape(["SourceTexts", TEXTS], ["DestinationTexts", TEXTS], ["PolicyTexts", POLICIES], ["LogTexts", TEXTS]);
const PACKET_ROW = rowShape(["Id", TEXT], ["Timestamp", TIME_TEXT], ["Packets", COUNT]);
const LINE_ROW = rowShape(["Id", TEXT], ["Line", TEXT]);

const FOUND_ROW = rowShape(["Timestamp", TIME], ["Attempt", TEXT], ["SourceIp", TEXT], ["DestinationIp", TEXT]);

/**
 * By the id of either record of a packet. The record is looked for first, by words that its line must hold and in the time that a page has shown
 * it at: with it are known the 5-tuple of its attempt, and the addresses that all lines of that must hold.
 */
export async function flowOf(asking: Asking, id: string, seen: SeenTimes): Promise<Told<FlowDetail>> {
  const shownAt = seen.timeOf(id);
  const spans = shownAt === undefined ? [everything(asking)] : [around(asking, { from: shownAt, to: shownAt + 1 }), everything(asking)];
  for (const span of spans) {
    const told = await askFor(asking.gateway, recordQuery(asking, id, span), FOUND_ROW);
    if (told.problem) return told;
    const [record] = told.results[0];
    if (record !== undefined) return await detailOf(asking, id, record);
  }
  return { problem: notFound(id) };
}

function recordQuery(asking: Asking, id: string, span: TimeSpan): KustoQuery {
  // an id of a line without a uuid is made of the flow: it stands in no line
  return rowsQuery(asking, {
    span,
    everyWord: [textParameter("_word", isWord(id) ? id : "")],
    parameters: [textParameter("_id", id)],
    columns: ["Timestamp", "Id", "Attempt", "SourceIp", "DestinationIp"],
    rest: "| where Id == _id | take 1 | project Timestamp, Attempt, SourceIp, DestinationIp",
  });
}

async function detailOf(asking: Asking, id: string, record: RowOf<typeof FOUND_ROW>): Promise<Told<FlowDetail>> {
  const [, attempt, source, destination] = record;
  const query = flowsQuery(asking, {
    span: everything(asking),
    // both records of a packet, and all packets of its attempt, have the 5-tuple of the record asked for
    where: ["Attempt == _attempt"],
    everyWord: [
      textParameter("_source", isWord(source) ? source : ""),
      textParameter("_destination", isWord(destination) ? destination : ""),
    ],
    parameters: [textParameter("_id", id), textParameter("_attempt", attempt)],
    statements: [
      "let Pair = Twins | where Id == _id or Hidden == _id | take 1",
      "let Own = materialize(Shown | where Id == _id or Id in ((Pair | project Id)))",
      "Pair | project Id, Hidden",
      `Own | project ${ROW_PROJECTION}`,
      "Own | project SourceTexts = tostring(SourceLabels), DestinationTexts = tostring(DestinationLabels), PolicyTexts = tostring(DeniedBy), LogTexts = tostring(PolicyLog)",
      `Shown | order by Timestamp asc, Id asc | take ${MOST_PACKETS} | project Id, Timestamp, Packets`,
      "Kept | where Id == _id or Id in ((Pair | project Id)) or Id in ((Pair | project Hidden)) | project Id, Line",
    ],
  });
  const told = await askFor(asking.gateway, query, PAIR_ROW, FLOW_ROW, DETAIL_ROW, PACKET_ROW, LINE_ROW);
  if (told.problem) return told;
  const [[pair], [row], [detail], packets, lines] = told.results;
  if (row === undefined || detail === undefined) return { problem: notFound(id) };
  const lineOf = (wanted: string): string => lines.find(([one]) => one === wanted)?.[1] ?? "";
  const [sourceLabels, destinationLabels, policies, policyLog] = detail;
  const shown = flowRow(row);
  return {
    answer: {
      row: shown,
      sourceLabels,
      destinationLabels,
      deniedBy: policies.map(({ name, namespace, kind }) => ({ name, namespace, kind })),
      policyLog,
      line: lineOf(shown.id),
      sibling: pair === undefined ? undefined : { id: pair[1], line: lineOf(pair[1]) },
      attempt: packets.map(([packet, time, count]) => ({ id: packet, time, packets: count })),
    },
  };
}
