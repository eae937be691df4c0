/** What has to be in memory to take flows in; rebuilt from the tables when the process starts. */
import { FlowRows } from "#lib/flows/flow-rows.ts";
import { type AttemptTable, createAttemptTable } from "./attempt-table.ts";
import { createKnownIds, type KnownIdsKeeper } from "./known-ids.ts";
import type { Lexicon } from "./lexicon.ts";
import { createFrameMaker, type FrameMaker } from "./line-frame.ts";
import { createLineNotes, type LineNotes } from "./line-notes.ts";
import { ModelIds } from "./model-ids.ts";
import { createRecentUuids, type RecentUuids } from "./recent-uuids.ts";
import { createRowBuffers, type RowBuffers } from "./row-buffer.ts";
import { RowFrames } from "./row-frames.ts";
import { createSiblingIndex, type SiblingIndex } from "./sibling-index.ts";
import { createStringTable, type StringTable } from "./string-table.ts";
import type { TextPool } from "./text-pool.ts";

export interface EncoderState {
  readonly lexicon: Lexicon;
  readonly pool: TextPool;
  readonly attempts: AttemptTable;
  readonly uuids: RecentUuids;
  readonly siblings: SiblingIndex;
  readonly notes: LineNotes;
  readonly frames: FrameMaker;
  readonly rowFrames: RowFrames;
  readonly models: ModelIds;
  readonly buffers: RowBuffers;
  readonly protocols: StringTable;
  readonly known: KnownIdsKeeper;
  /** For batches of whole flows. */
  readonly rows: FlowRows;
}

export function createEncoderState(lexicon: Lexicon, pool: TextPool): EncoderState {
  const notes = createLineNotes(lexicon, pool);
  const attempts = createAttemptTable();
  const protocols = createStringTable();
  return {
    lexicon,
    pool,
    attempts,
    uuids: createRecentUuids(),
    siblings: createSiblingIndex(),
    notes,
    frames: createFrameMaker(lexicon, pool, notes),
    rowFrames: new RowFrames(lexicon, pool, notes),
    buffers: createRowBuffers(),
    models: new ModelIds({ lexicon, pool, attempts, protocols }),
    protocols,
    known: createKnownIds(),
    rows: new FlowRows(),
  };
}
