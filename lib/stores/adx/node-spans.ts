/** When each node was heard last, asked in KQL: whatever was folded, for that changes no node's newest flow. */

import { msOfTime } from "#lib/flows/flow-time.ts";
import type { Problem } from "#lib/questions/answer.ts";
import { type Asking, askFor, everything } from "./asking.ts";
import { dictionariesOf } from "./flow-from-json.ts";
import { timeParameter } from "./kusto-query.ts";
import { rowShape, TEXT, TIME } from "./row-shape.ts";
import { tableRows } from "./table-rows.ts";

export interface NodeSpan {
  readonly node: string;
  /** Milliseconds since 1970. */
  readonly newest: number;
}

/** Nodes that are told apart here; no cluster that Cilium runs has more. */
const MOST_NODES = 10_000;
const NODE_ROW = rowShape(["Node", TEXT], ["Newest", TIME]);

export async function nodeSpans(
  asking: Asking,
): Promise<{ readonly spans: readonly NodeSpan[]; readonly problem?: never } | { readonly problem: Problem }> {
  const { low, high } = everything(asking);
  const rows = tableRows(asking.settings, ["Timestamp", "Node"]);
  const body = `${dictionariesOf(rows)}${rows}
| where isnotempty(Node)
| summarize Newest = max(Timestamp) by Node
| top ${MOST_NODES} by Newest asc
| project Node, Newest`;
  const told = await askFor(asking.gateway, { body, parameters: [timeParameter("_low", low), timeParameter("_high", high)] }, NODE_ROW);
  if (told.problem) return told;
  return { spans: told.results[0].map(([node, newest]) => ({ node, newest: msOfTime(newest) })) };
}
