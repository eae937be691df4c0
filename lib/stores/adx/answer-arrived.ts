/** How much of each node is in the table already, by slices of time, asked in KQL. */

import { msOfTime } from "#lib/flows/flow-time.ts";
import type { ResolvedWindow } from "#lib/questions/window.ts";
import type { Arrived } from "#lib/stores/history-store.ts";
import type { Told } from "#lib/stores/told.ts";
import { type Asking, around, askFor, flowsQuery, IN_WINDOW, windowParameters } from "./asking.ts";
import { spanParameter } from "./kusto-query.ts";
import { COUNT, rowShape, TEXT, TIME } from "./row-shape.ts";

const ARRIVED_ROW = rowShape(["Node", TEXT], ["Slice", TIME], ["Seen", COUNT]);

/** Every flow, whatever its reason. Only the rows around the window are read: this is asked again and again. */
export async function arrivedIn(asking: Asking, window: ResolvedWindow, sliceMs: number): Promise<Told<readonly Arrived[]>> {
  const query = flowsQuery(asking, {
    span: around(asking, window),
    parameters: [...windowParameters(window), spanParameter("_slice", sliceMs)],
    statements: [`Shown | where ${IN_WINDOW} | summarize Seen = sum(Packets) by Node, Slice = bin_at(Timestamp, _slice, _from)`],
  });
  const told = await askFor(asking.gateway, query, ARRIVED_ROW);
  if (told.problem) return told;
  return { answer: told.results[0].map(([node, slice, packets]) => ({ node, slice: msOfTime(slice), packets })) };
}
