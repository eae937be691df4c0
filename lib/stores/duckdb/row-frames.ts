/** Frames of rows whose texts have numbers: the same as line-frame.ts makes of the flow, mostly without touching a text. */
import type { HoleKind, LineShape } from "#lib/flows/flow.ts";
import { AT, type FlowColumns, HOLES_AT, OWN, TOLD } from "#lib/flows/flow-columns.ts";
import { columnsOf } from "#lib/flows/flow-rows.ts";
import { UUID_CANONICAL } from "#lib/flows/uuid-words.ts";
import { createKnownIds, type KnownIds } from "./known-ids.ts";
import type { Lexicon } from "./lexicon.ts";
import { FEW_TEXTS, FRAME_HEAD, FROM_RECORD, LEFT_OVER, type LineNotes, mostTextsOf, type ShapeNotes } from "./line-notes.ts";
import { ownTextOf, type RowIds } from "./own-texts.ts";
import type { TextPool } from "./text-pool.ts";
import { stylesOfTime, TIME_STYLES } from "./time-style.ts";

export const NO_FRAME = -1;

const ALL_STYLES = TIME_STYLES.protojson | TIME_STYLES.short | TIME_STYLES.nine;
/** Which of two words in memory is the low one. */
const LOW = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? 0 : 1;
const STYLES = TIME_STYLES.nine + 1;
const NO_COLUMNS: FlowColumns = columnsOf([]);

/** How the lines of a shape write their time: with it, without, Go's way, or both ways in one line. */
const [PROTOJSON, NO_TIME, SHORT, BOTH] = [0, 1, 2, 3] as const;

/** One for all batches, each row by row in their order: closures made for each batch would be compiled for each. */
export class RowFrames {
  private readonly lexicon: Lexicon;
  private readonly pool: TextPool;
  private readonly notes: LineNotes;
  private columns = NO_COLUMNS;
  private models = NO_COLUMNS.models;
  private starts = NO_COLUMNS.starts;
  private timeWords: Uint32Array = new Uint32Array(0);
  private known = createKnownIds().of(NO_COLUMNS.dictionary);
  /** By model and time style: 1 + the frame. */
  private made = new Int32Array(0);
  private scratch = new Int32Array(64);

  constructor(lexicon: Lexicon, pool: TextPool, notes: LineNotes) {
    this.lexicon = lexicon;
    this.pool = pool;
    this.notes = notes;
  }

  /** What is asked next is about rows of this batch. */
  begin(columns: FlowColumns, known: KnownIds): void {
    const { models, starts, time } = columns;
    this.columns = columns;
    this.models = models;
    this.starts = starts;
    this.timeWords = new Uint32Array(time.buffer, time.byteOffset, time.length * 2);
    this.known = known;
    if (this.made.length < starts.length * STYLES) this.made = new Int32Array(starts.length * STYLES);
    else this.made.fill(0, 0, starts.length * STYLES);
  }

  /** The frame that an earlier row of the same model and time style got, NO_FRAME where there was none. */
  find(row: number): number {
    const { known, columns } = this;
    const shapeId = this.shapeOf(row);
    const note = this.notes.byId(known.shapes[shapeId] ?? -1);
    const timeKind = known.timeKinds[shapeId] ?? BOTH;
    if (note === undefined || timeKind === BOTH || columns.uuidKind[row] !== UUID_CANONICAL) return NO_FRAME;
    return (this.made[(columns.model[row] ?? 0) * STYLES + this.styleOf(row, timeKind, note)] ?? 0) - 1;
  }

  /** The frame's id, NO_FRAME when only the whole flow tells; texts that no frame can tell are pushed to `leftover`. */
  frameOf(row: number, ids: RowIds, leftover: string[]): number {
    const { columns, known } = this;
    const shapeId = this.shapeOf(row);
    const shape = columns.dictionary.shapes[shapeId];
    if (shape === undefined || columns.uuidKind[row] !== UUID_CANONICAL) return NO_FRAME;
    const note = this.noteOf(shapeId, shape);
    const timeKind = known.timeKinds[shapeId] ?? BOTH;
    return timeKind === BOTH ? NO_FRAME : this.walk(row, this.styleOf(row, timeKind, note), note, shape.kinds, ids, leftover);
  }

  private walk(row: number, style: number, note: ShapeNotes, kinds: readonly HoleKind[], ids: RowIds, leftover: string[]): number {
    const { columns, models, notes } = this;
    const model = columns.model[row] ?? 0;
    const start = this.starts[model] ?? 0;
    const length = FRAME_HEAD + kinds.length;
    if (this.scratch.length < length) this.scratch = new Int32Array(length * 2);
    const { scratch } = this;
    let ownAt = columns.ownAt[row] ?? 0;
    let alone = false;
    for (let hole = 0; hole < kinds.length; hole++) {
      const kind = kinds[hole];
      const text = models[start + HOLES_AT + hole] ?? TOLD;
      let filler = FROM_RECORD;
      if (text === OWN) {
        if (kind !== "text") return NO_FRAME;
        const words = columns.own[ownAt++] ?? "";
        filler = notes.pooled(note, hole, words, FEW_TEXTS);
        if (filler === LEFT_OVER) leftover.push(words);
        alone = true;
      } else if (text !== TOLD || kind === "node") {
        const id = text === TOLD ? (models[start + AT.node] ?? TOLD) : text;
        filler = this.fill(note, kind, hole, id, ids);
        if (filler === LEFT_OVER) leftover.push(columns.dictionary.texts[id] ?? "");
      }
      scratch[FRAME_HEAD + hole] = filler;
    }
    scratch[0] = note.id;
    scratch[1] = style;
    scratch[2] = UUID_CANONICAL;
    const frame = this.lexicon.frames.idOf(scratch, length);
    if (!alone && leftover.length === 0) this.made[model * STYLES + style] = frame + 1;
    return frame;
  }

  private fill(note: ShapeNotes, kind: HoleKind | undefined, hole: number, text: number, ids: RowIds): number {
    const found = this.pooledId(text);
    if (found !== -1) return found === ownTextOf(this.lexicon, kind, ids) ? FROM_RECORD : found;
    const id = this.notes.pooled(note, hole, this.columns.dictionary.texts[text] ?? "", mostTextsOf(kind));
    if (id !== LEFT_OVER) this.known.pooled[text] = id;
    return id;
  }

  /** The number of a text in the pool, -1 when it is not there. */
  private pooledId(text: number): number {
    const { known } = this;
    const found = known.pooled[text] ?? -1;
    if (found !== -1) return found;
    const id = this.pool.find(this.columns.dictionary.texts[text] ?? "");
    if (id !== undefined) known.pooled[text] = id;
    return id ?? -1;
  }

  private shapeOf(row: number): number {
    return this.models[(this.starts[this.columns.model[row] ?? 0] ?? 0) + AT.shape] ?? 0;
  }

  private noteOf(shapeId: number, shape: LineShape): ShapeNotes {
    const { known, notes } = this;
    const note = notes.byId(known.shapes[shapeId] ?? -1);
    if (note !== undefined) return note;
    const made = notes.of(shape);
    known.shapes[shapeId] = made.id;
    known.timeKinds[shapeId] = timeKindOf(shape.kinds);
    return made;
  }

  /** How this row writes its time: as the line before of this shape did, where it can. */
  private styleOf(row: number, timeKind: number, note: ShapeNotes): number {
    if (timeKind === NO_TIME) return 0;
    const styles = this.endsInDigit(row) ? ALL_STYLES : stylesOfTime(this.columns.time[row] ?? 0n, timeKind === SHORT);
    const style = (styles & note.style) !== 0 ? note.style : styles & -styles;
    note.style = style;
    return style;
  }

  /** Whether the last of nine digits is none that could be left out: 2^32 leaves 6 when divided by 10. */
  private endsInDigit(row: number): boolean {
    const { timeWords } = this;
    const high = timeWords[row * 2 + 1 - LOW] ?? 0;
    return high < 0x80000000 && (high * 6 + (timeWords[row * 2 + LOW] ?? 0)) % 10 !== 0;
  }
}

function timeKindOf(kinds: readonly string[]): number {
  const [long, short] = [kinds.includes("time"), kinds.includes("time_short")];
  if (long && short) return BOTH;
  if (long) return PROTOJSON;
  return short ? SHORT : NO_TIME;
}
