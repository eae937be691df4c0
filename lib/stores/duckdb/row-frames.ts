/** Frames of rows whose texts have numbers: the same as line-frame.ts makes of the flow, mostly without touching a text. */
import { AT, type FlowColumns, HOLES_AT, OWN, TOLD } from "#lib/flows/flow-columns.ts";
import { UUID_CANONICAL } from "#lib/flows/uuid-words.ts";
import type { KnownIds } from "./known-ids.ts";
import type { Lexicon } from "./lexicon.ts";
import type { RowIds } from "./line-frame.ts";
import { FEW_TEXTS, FRAME_HEAD, FROM_RECORD, LEFT_OVER, type LineNotes, MANY_TEXTS, type ShapeNotes } from "./line-notes.ts";
import type { TextPool } from "./text-pool.ts";
import { stylesOfTime, TIME_STYLES } from "./time-style.ts";

export interface RowFrames {
  /** The frame's id, -1 when only the whole flow tells; texts that no frame can tell are pushed to `leftover`. */
  frameOf(row: number, ids: RowIds, leftover: string[]): number;
}

const STYLES = TIME_STYLES.nine + 1;

/** For the rows of one batch, in their order. */
export function createRowFrames(columns: FlowColumns, known: KnownIds, lexicon: Lexicon, pool: TextPool, notes: LineNotes): RowFrames {
  const { dictionary, models, starts, time, own } = columns;
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
        if (kind !== "text") return -1;
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

  return {
    frameOf: (row, ids, leftover) => {
      if (columns.uuidKind[row] !== UUID_CANONICAL) return -1;
      const model = columns.model[row] ?? 0;
      const shapeId = models[(starts[model] ?? 0) + AT.shape] ?? 0;
      const shape = dictionary.shapes[shapeId];
      if (shape === undefined) return -1;
      let noteId = known.shapes[shapeId] ?? -1;
      if (noteId === -1) {
        noteId = notes.of(shape).id;
        known.shapes[shapeId] = noteId;
      }
      const note = notes.byId(noteId) ?? notes.of(shape);
      const timeKind = timeKindOf(shape.kinds);
      if (timeKind === "both") return -1;
      let style = 0;
      if (timeKind !== undefined) {
        const styles = stylesOfTime(time[row] ?? 0n, timeKind === "time_short");
        style = (styles & note.style) !== 0 ? note.style : styles & -styles;
        note.style = style;
      }
      const before = made[model * STYLES + style] ?? -1;
      return before === -1 ? walk(row, style, note, shape.kinds, ids, leftover) : before;
    },
  };
}

const timeKinds = new WeakMap<readonly string[], "time" | "time_short" | "both" | "none">();

/** The one way in which lines of a shape write their time. */
function timeKindOf(kinds: readonly string[]): "time" | "time_short" | "both" | undefined {
  let kind = timeKinds.get(kinds);
  if (kind === undefined) {
    const [long, short] = [kinds.includes("time"), kinds.includes("time_short")];
    kind = long && short ? "both" : long ? "time" : short ? "time_short" : "none";
    timeKinds.set(kinds, kind);
  }
  return kind === "none" ? undefined : kind;
}
