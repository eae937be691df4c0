/** Which nodes the table holds flows of, asked in KQL. */

import type { CoverageDetails } from "#lib/questions/answer.ts";
import { compareText } from "#lib/questions/reference-select.ts";
import type { Told } from "#lib/stores/told.ts";
import { type Asking, askFor, everything, flowsQuery } from "./asking.ts";
import { COUNT, rowShape, TEXT, TIME_TEXT } from "./row-shape.ts";

const NODE_ROW = rowShape(["Node", TEXT], ["Newest", TIME_TEXT], ["Oldest", TIME_TEXT], ["Flows", COUNT]);

/** Lines that are no flows are not in the table, or not told from any other container's: there are no samples of them. */
export async function coverageOf(asking: Asking): Promise<Told<CoverageDetails>> {
  const query = flowsQuery(asking, {
    span: everything(asking),
    parameters: [],
    statements: [
      "Shown | where isnotempty(Node) | summarize Newest = max(Timestamp), Oldest = min(Timestamp), Flows = count() by Node | project Node, Newest, Oldest, Flows",
    ],
  });
  const told = await askFor(asking.gateway, query, NODE_ROW);
  if (told.problem) return told;
  const nodes = told.results[0].map(([node, newest, oldest, flows]) => ({ node, newest, oldest, flows }));
  return { answer: { nodes: nodes.toSorted((a, b) => compareText(a.node, b.node)), samples: [], agentWords: [] } };
}
