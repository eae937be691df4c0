/** What is remembered of each line shape while flows come in: its number, how it writes times, how many different texts its holes brought. */
import type { HoleKind, LineShape } from "#lib/flows/flow.ts";
import type { Lexicon } from "./lexicon.ts";
import type { TextPool } from "./text-pool.ts";
import { TIME_STYLES } from "./time-style.ts";

/** Fillers: the text follows from the record, or lies beside the row; above 0 it is the number of a text in the pool. */
export const FROM_RECORD = 0;
export const LEFT_OVER = -1;
/** Before the fillers a frame says: shape, time style, uuid kind. */
export const FRAME_HEAD = 3;

/** Different texts of one hole that are worth a number each; the rest is kept row by row. */
const MANY_TEXTS = 100_000;
export const FEW_TEXTS = 256;

const LONG_KINDS: readonly HoleKind[] = ["source", "destination", "node", "names", "policies", "node_labels", "ethernet"];

/** How many different texts of a hole of this kind are worth a number each. */
export function mostTextsOf(kind: HoleKind | undefined): number {
  return kind !== undefined && LONG_KINDS.includes(kind) ? MANY_TEXTS : FEW_TEXTS;
}

export interface ShapeNotes {
  readonly id: number;
  /** How the last line of this shape wrote its time, see time-style.ts. */
  style: number;
  /** Per hole: how many texts it brought to the pool. */
  readonly distinct: Int32Array;
}

export interface LineNotes {
  of(shape: LineShape): ShapeNotes;
  byId(id: number): ShapeNotes | undefined;
  /** The number of a text of this hole, LEFT_OVER where the hole has brought too many. */
  pooled(note: ShapeNotes, hole: number, text: string, limit: number): number;
}

export function createLineNotes(lexicon: Lexicon, pool: TextPool): LineNotes {
  const notes: ShapeNotes[] = [];
  return {
    byId: (id) => notes[id],
    of: (shape) => {
      const id = lexicon.shapeOf(shape);
      const found = notes[id];
      if (found) return found;
      const made = { id, style: TIME_STYLES.protojson, distinct: new Int32Array(shape.kinds.length) };
      notes[id] = made;
      return made;
    },
    pooled: (note, hole, text, limit) => {
      const known = pool.find(text);
      if (known !== undefined) return known;
      const count = note.distinct[hole] ?? 0;
      if (count >= limit) return LEFT_OVER;
      note.distinct[hole] = count + 1;
      return pool.idOf(text);
    },
  };
}
