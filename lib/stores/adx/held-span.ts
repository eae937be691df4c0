/** What the table holds at all, within the days that Weir looks at. */
import { formatTime } from "#lib/flows/flow-time.ts";
import type { Coverage, Problem } from "#lib/questions/answer.ts";
import { type Asking, askFor, everything } from "./asking.ts";
import { dictionariesOf } from "./flow-from-json.ts";
import { timeParameter } from "./kusto-query.ts";
import { COUNT, rowShape, TIME_OR_NONE } from "./row-shape.ts";
import { tableRows } from "./table-rows.ts";

export interface HeldSpan {
  /** Nanoseconds since 1970, of any record, folded or not; undefined = nothing. */
  readonly oldest: bigint | undefined;
  readonly newest: bigint | undefined;
  readonly records: number;
  readonly distinct: number;
  readonly nodes: number;
}

const HELD_ROW = rowShape(["Records", COUNT], ["Ids", COUNT], ["Oldest", TIME_OR_NONE], ["Newest", TIME_OR_NONE], ["Nodes", COUNT]);

export const NOTHING_HELD: HeldSpan = { oldest: undefined, newest: undefined, records: 0, distinct: 0, nodes: 0 };

type Told = { readonly held: HeldSpan; readonly problem?: never } | { readonly problem: Problem; readonly held?: never };

/** That a table is empty is never told from memory: somebody waits for its first flow. */
export async function heldSpan(asking: Asking): Promise<Told> {
  const told = await askHeld(asking, true);
  return told.held?.records === 0 ? askHeld(asking, false) : told;
}

async function askHeld(asking: Asking, isKept: boolean): Promise<Told> {
  const { low, high } = everything(asking);
  const rows = tableRows(asking.settings, ["Timestamp", "Id", "Node"]);
  const told = await askFor(
    asking.gateway,
    {
      body: `${dictionariesOf(rows)}${rows}
| summarize Records = count(), Ids = count_distinct(Id), Oldest = min(Timestamp), Newest = max(Timestamp), Nodes = count_distinctif(Node, Node != "")`,
      parameters: [timeParameter("_low", low), timeParameter("_high", high)],
      isKept,
    },
    HELD_ROW,
  );
  if (told.problem) return told;
  const [row] = told.results[0];
  if (row === undefined) return { held: NOTHING_HELD };
  const [records, distinct, oldest, newest, nodes] = row;
  return { held: { records, distinct, oldest: oldest ?? undefined, newest: newest ?? undefined, nodes } };
}

/** Whether the table holds anything from before the window: only then can something be called new. */
export function reachesBack({ oldest }: HeldSpan, window: { readonly from: number }): boolean {
  return oldest !== undefined && oldest < BigInt(window.from) * 1_000_000n;
}

export function spanOf({ oldest, newest }: HeldSpan): Coverage["span"] {
  return oldest === undefined || newest === undefined ? undefined : { oldest: formatTime(oldest), newest: formatTime(newest) };
}
