/** One flow in detail, its other record and the packets of its attempt, asked in KQL. */
import type { FlowDetail } from "#lib/questions/answer.ts";
import { notFound } from "#lib/questions/problems.ts";
import { MOST_PACKETS } from "#lib/questions/reference-flows.ts";
import type { Told } from "./answer-summary.ts";
import { type Asking, askFor, everything, flowsQuery } from "./asking.ts";
import { FLOW_ROW, flowRow, POLICIES, ROW_PROJECTION } from "./flow-row-columns.ts";
import { textParameter } from "./kusto-query.ts";
import { COUNT, rowShape, TEXT, TEXTS, TIME_TEXT } from "./row-shape.ts";

const PAIR_ROW = rowShape(["Id", TEXT], ["Hidden", TEXT]);
const DETAIL_ROW = rowShape(["SourceTexts", TEXTS], ["DestinationTexts", TEXTS], ["PolicyTexts", POLICIES], ["LogTexts", TEXTS]);
const PACKET_ROW = rowShape(["Id", TEXT], ["Timestamp", TIME_TEXT], ["Packets", COUNT]);
const LINE_ROW = rowShape(["Id", TEXT], ["Line", TEXT]);

/** By the id of either record of a packet. */
export async function flowOf(asking: Asking, id: string): Promise<Told<FlowDetail>> {
  const query = flowsQuery(asking, {
    span: everything(asking),
    // both records of a packet, and all packets of its attempt, have the 5-tuple of the record asked for
    where: ["Attempt in ((Lines | where Id == _id | take 1 | project Attempt))"],
    parameters: [textParameter("_id", id)],
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
