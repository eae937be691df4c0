/** What the thread that reads a large file and the one that owns the store tell each other. */
import type { Batch, FeedPosition } from "#lib/flows/batch.ts";
import type { FlowColumns, FlowDictionary } from "#lib/flows/flow-columns.ts";
import type { BatchLimits } from "../ingest.ts";
import type { FoundFile } from "./find-files.ts";
import type { Piece } from "./read-piece.ts";

export type ToReader =
  | {
      readonly tell: "read";
      readonly file: FoundFile;
      readonly limits: BatchLimits;
      readonly isFollowed: boolean;
      readonly timeBefore: bigint | undefined;
    }
  | {
      readonly tell: "piece";
      readonly file: FoundFile;
      readonly feed: string;
      readonly inode: string;
      readonly piece: Piece;
      readonly limits: BatchLimits;
    }
  | { readonly tell: "position"; readonly position: FeedPosition | undefined }
  /** The batch on its way is stored. */
  | { readonly tell: "stored" };

export type FromReader =
  | { readonly told: "where"; readonly feed: string }
  | { readonly told: "batch"; readonly batch: SentBatch }
  | { readonly told: "progress"; readonly bytes: number; readonly flows: number }
  /** The file is read; `trouble` as readFile answers it. */
  | { readonly told: "end"; readonly trouble: string }
  /** The piece is read; `isWhole` as readPiece answers it. */
  | { readonly told: "piece"; readonly isWhole: boolean }
  | { readonly told: "failed"; readonly why: string };

export interface SentBatch {
  readonly columns: Omit<FlowColumns, "dictionary">;
  /** Another number: another dictionary, and `added` is all of it. */
  readonly dictionary: number;
  /** What the dictionary got since the batch before. */
  readonly added: FlowDictionary;
  readonly rest: Omit<Batch, "flows" | "columns">;
}

/** Both ends are compiled together and each posts only its own type. */
export function fromReader(message: unknown): FromReader {
  return message as FromReader;
}

/** The same for the other way. */
export function toReader(message: unknown): ToReader {
  return message as ToReader;
}
