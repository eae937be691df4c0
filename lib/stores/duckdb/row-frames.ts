/** Frames of rows whose texts have numbers: the same as line-frame.ts makes of the flow, mostly without touching a text. */

import type { LineShape } from "#lib/flows/flow.ts";
import { AT, type FlowColumns, HOLES_AT, OWN, TOLD } from "#lib/flows/flow-columns.ts";
import { UUID_CANONICAL } from "#lib/flows/uuid-words.ts";
import type { KnownIds } from "./known-ids.ts";
import type { Lexicon } from "./lexicon.ts";
import type { RowIds } from "./line-frame.ts";
import { FEW_TEXTS, FRAME_HEAD, FROM_RECORD, LEFT_OVER, type LineNotes, MANY_TEXTS, type ShapeNotes } from "./line-notes.ts";
import type { TextPool } from "./text-pool.ts";
import { stylesOfTime, TIME_STYLES } from "./time-style.ts";

export const NO_FRAME = -1;

export interface RowFrames {
  /** The frame that an earlier row of the same model and time style got, NO_FRAME where there was none. */
  find(row: number): number;
  /** The frame's id, NO_FRAME when only the whole flow tells; texts that no frame can tell are pushed to `leftover`. */
  frameOf(row: number, ids: RowIds, leftover: string[]): number;
}

const ALL_STYLES = TIME_STYLES.protojson | TIME_STYLES.short | TIME_STYLES.nine;
/** Which of two words in memory is the low one. */
const LOW = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? 0 : 1;
const STYLES = TIME_STYLES.nine + 1;

/** For the rows of one batch, in their order. */
export function createRowFrames(columns: FlowColumns, known: KnownIds, lexicon: Lexicon, pool: TextPool, notes: LineNotes): RowFrames {
  const { dictionary, models, starts, time, own } = columns;
  const timeWords = new Uint32Array(time.buffer, time.byteOffset, time.length * 2);
  /** Whether the last of nine digits is none that could be left out: 2^32 leaves 6 when divided by 10. */
  const endsInDigit = (row: number): boolean => {
    const high = timeWords[row * 2 + 1 - LOW] ?? 0;
    return high < 0x80000000 && (high * 6 + (timeWords[row * 2 + LOW] ?? 0)) % 10 !== 0;
  };
  const made = new Int32Array(starts.length * STYLES).fill(-1);
  let scratch = new Int32Array(64);

  const pooledId = (text: number): number => {
    const found = known.pooled[text] ?? -1;
    if (found !== -1) return found;
    const id = pool.find(dictionary.texts[text] ?? "");
    if (id !== undefined) known.pooled[text] = id;
    return id ?? -1;
  };
  const pooled = (note: ShapeNotes, hole: number, text: number, limit: number): number => {
    const found = pooledId(text);
    if (found !== -1) return found;
    const id = notes.pooled(note, hole, dictionary.texts[text] ?? "", limit);
    if (id !== LEFT_OVER) known.pooled[text] = id;
    return id;
  };
  const ownOr = (note: ShapeNotes, hole: number, text: number, ownText: number | undefined): number =>
    ownText !== undefined && ownText !== 0 && pooledId(text) === ownText ? FROM_RECORD : pooled(note, hole, text, MANY_TEXTS);

  const fill = (note: ShapeNotes, kind: string | undefined, hole: number, text: number, ids: RowIds): number => {
    switch (kind) {
      case "source":
        return ownOr(note, hole, text, lexicon.endpoints[ids.source]?.text);
      case "destination":
        return ownOr(note, hole, text, lexicon.endpoints[ids.destination]?.text);
      case "node":
        return ownOr(note, hole, text, lexicon.nodes[ids.node]?.text);
      case "names":
        return ownOr(note, hole, text, lexicon.places[ids.place]?.text);
      case "policies":
        return ownOr(note, hole, text, lexicon.policies[ids.policies]?.text);
      case "node_labels":
      case "ethernet":
        return pooled(note, hole, text, MANY_TEXTS);
      default:
        return pooled(note, hole, text, FEW_TEXTS);
    }
  };

  const walk = (row: number, style: number, note: ShapeNotes, kinds: readonly string[], ids: RowIds, leftover: string[]): number => {
    const model = columns.model[row] ?? 0;
    const start = starts[model] ?? 0;
    const length = FRAME_HEAD + kinds.length;
    if (scratch.length < length) scratch = new Int32Array(length * 2);
    let ownAt = columns.ownAt[row] ?? 0;
    let alone = false;
    for (let hole = 0; hole < kinds.length; hole++) {
      const kind = kinds[hole];
      const text = models[start + HOLES_AT + hole] ?? TOLD;
      let filler = FROM_RECORD;
      if (text === OWN) {
        if (kind !== "text") return NO_FRAME;
        const words = own[ownAt++] ?? "";
        filler = notes.pooled(note, hole, words, FEW_TEXTS);
        if (filler === LEFT_OVER) leftover.push(words);
        alone = true;
      } else if (text !== TOLD || kind === "node") {
        const id = text === TOLD ? (models[start + AT.node] ?? TOLD) : text;
        filler = fill(note, kind, hole, id, ids);
        if (filler === LEFT_OVER) leftover.push(dictionary.texts[id] ?? "");
      }
      scratch[FRAME_HEAD + hole] = filler;
    }
    scratch[0] = note.id;
    scratch[1] = style;
    scratch[2] = UUID_CANONICAL;
    const frame = lexicon.frames.idOf(scratch, length);
    if (!alone && leftover.length === 0) made[model * STYLES + style] = frame;
    return frame;
  };

  const shapeOf = (row: number): number => models[(starts[columns.model[row] ?? 0] ?? 0) + AT.shape] ?? 0;
  const noteOf = (shapeId: number, shape: LineShape): ShapeNotes => {
    const note = notes.byId(known.shapes[shapeId] ?? -1);
    if (note !== undefined) return note;
    const made = notes.of(shape);
    known.shapes[shapeId] = made.id;
    known.timeKinds[shapeId] = timeKindOf(shape.kinds);
    return made;
  };
  /** How this row writes its time: as the line before of this shape did, where it can. */
  const styleOf = (row: number, timeKind: number, note: ShapeNotes): number => {
    if (timeKind === NO_TIME) return 0;
    const styles = endsInDigit(row) ? ALL_STYLES : stylesOfTime(time[row] ?? 0n, timeKind === SHORT);
    const style = (styles & note.style) !== 0 ? note.style : styles & -styles;
    note.style = style;
    return style;
  };

  return {
    find: (row) => {
      const shapeId = shapeOf(row);
      const note = notes.byId(known.shapes[shapeId] ?? -1);
      const timeKind = known.timeKinds[shapeId] ?? BOTH;
      if (note === undefined || timeKind === BOTH || columns.uuidKind[row] !== UUID_CANONICAL) return NO_FRAME;
      return made[(columns.model[row] ?? 0) * STYLES + styleOf(row, timeKind, note)] ?? NO_FRAME;
    },
    frameOf: (row, ids, leftover) => {
      const shapeId = shapeOf(row);
      const shape = dictionary.shapes[shapeId];
      if (shape === undefined || columns.uuidKind[row] !== UUID_CANONICAL) return NO_FRAME;
      const note = noteOf(shapeId, shape);
      const timeKind = known.timeKinds[shapeId] ?? BOTH;
      return timeKind === BOTH ? NO_FRAME : walk(row, styleOf(row, timeKind, note), note, shape.kinds, ids, leftover);
    },
  };
}

/** How the lines of a shape write their time: with it, without, Go's way, or both ways in one line. */
const [PROTOJSON, NO_TIME, SHORT, BOTH] = [0, 1, 2, 3] as const;

function timeKindOf(kinds: readonly string[]): number {
  const [long, short] = [kinds.includes("time"), kinds.includes("time_short")];
  if (long && short) return BOTH;
  if (long) return PROTOJSON;
  return short ? SHORT : NO_TIME;
}
