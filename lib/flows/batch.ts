/** What a feed hands to a store in one transaction: flows, what else the lines were, and how far the feed got. */

import type { Flow } from "./flow.ts";
import type { FlowColumns } from "./flow-columns.ts";
import { flowsOf } from "./flow-of-row.ts";
import type { AgentWord, RejectSample } from "./line-log.ts";

/** Lines by what they turned out to be; `total` is the sum of the other four. */
export interface LineTally {
  readonly total: number;
  readonly flows: number;
  readonly notices: number;
  readonly agent: number;
  readonly rejected: number;
  readonly rejectedBy: Readonly<Record<string, number>>;
  /** Events lost, by Cilium's source name. */
  readonly lost: Readonly<Record<string, number>>;
}

/** How far a feed was read. Committed together with its flows, so a restart neither loses nor repeats one. */
export interface FeedPosition {
  /** Stable name of what is read: the file's identity, not its path alone. */
  readonly feed: string;
  /** Bytes read of the decompressed content; ends after a whole line. */
  readonly offset: number;
  /** Whatever else the feed needs to find its place again, as JSON text. */
  readonly state: string;
}

export interface Batch {
  readonly flows: readonly Flow[];
  /** The same flows as numbers, where the feed has them so; then `flows` is made when somebody asks. */
  readonly columns?: FlowColumns;
  readonly tally: LineTally;
  readonly samples: readonly RejectSample[];
  readonly agentWords: readonly AgentWord[];
  readonly position: FeedPosition;
}

export function batchOf(columns: FlowColumns, rest: Omit<Batch, "flows" | "columns">): Batch {
  let flows: readonly Flow[] | undefined;
  return {
    ...rest,
    columns,
    get flows() {
      flows ??= flowsOf(columns);
      return flows;
    },
  };
}

export interface AppendResult {
  readonly stored: number;
  /** Met before, by uuid, and left out. */
  readonly duplicates: number;
}

/** The side of a store that takes flows in. Batches of one feed arrive in order; calls may come before the last one settled. */
export interface FlowSink {
  append(batch: Batch): Promise<AppendResult>;
  /** Where a feed stopped, undefined when it was never read. */
  position(feed: string): Promise<FeedPosition | undefined>;
  /** Names of all that was ever read; absent where the store does not keep positions. */
  feeds?(): Promise<readonly string[]>;
}
