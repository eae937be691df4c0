/** What has to be kept of a line's text beside its record: for each hole of its shape where the text comes from. */
import type { Flow, HoleKind, LineShape } from "#lib/flows/flow.ts";
import { UUID_TEXT } from "./flow-id.ts";
import type { Lexicon } from "./lexicon.ts";
import type { TextPool } from "./text-pool.ts";
import { createTimeReader, TIME_STYLES } from "./time-style.ts";

/** Fillers: the text follows from the record, or lies beside the row; above 0 it is the number of a text in the pool. */
export const FROM_RECORD = 0;
export const LEFT_OVER = -1;
/** Before the fillers a frame says: shape, time style, uuid kind. */
export const FRAME_HEAD = 3;

/** Different texts of one hole that are worth a number each; the rest is kept row by row. */
const MANY_TEXTS = 100_000;
const FEW_TEXTS = 256;

/** Dictionary ids of what a row is, after siblings were merged. */
export interface RowIds {
  readonly source: number;
  readonly destination: number;
  readonly place: number;
  readonly policies: number;
  readonly node: number;
}

export interface FrameMaker {
  /** The frame's id; texts that no frame can tell are pushed to `leftover` (a text uuid first). */
  frameOf(flow: Flow, ids: RowIds, uuidKind: number, leftover: string[]): number;
  /**
   * Whether the frame of `before`, which left nothing over, tells the line of `flow` too, a flow with the same record but for time and uuid
   * and the same kind of uuid. Never true when it does not; it may be false when it does.
   */
  isSameFrame(flow: Flow, before: Flow, frame: number): boolean;
  /** Forgets the shape objects met so far; the decoder makes new ones. */
  readonly shapes: number;
}

interface ShapeNotes {
  readonly id: number;
  style: number;
  /** Per hole: how many texts it brought to the pool, and the last one for each hint. */
  readonly distinct: Int32Array;
  readonly recent: number[][];
}

const PORTS: readonly string[] = Array.from({ length: 65536 }, (_, port) => String(port));

export function createFrameMaker(lexicon: Lexicon, pool: TextPool): FrameMaker {
  const times = createTimeReader();
  const notes: ShapeNotes[] = [];
  /** Time style of the frames met since the start. */
  const frameStyles: number[] = [];
  let scratch = new Int32Array(64);

  const notesOf = (shape: LineShape): ShapeNotes => {
    const id = lexicon.shapeOf(shape);
    const found = notes[id];
    if (found) return found;
    const made = {
      id,
      style: TIME_STYLES.protojson,
      distinct: new Int32Array(shape.kinds.length),
      recent: shape.kinds.map((): number[] => []),
    };
    notes[id] = made;
    return made;
  };

  const pooled = (note: ShapeNotes, hole: number, text: string, hint: number, limit: number): number => {
    const recent = note.recent[hole];
    const last = recent?.[hint];
    if (last !== undefined && pool.textAt(last) === text) return last;
    const known = pool.find(text);
    const count = note.distinct[hole] ?? 0;
    if (known === undefined && count >= limit) return LEFT_OVER;
    if (known === undefined) note.distinct[hole] = count + 1;
    const id = known ?? pool.idOf(text);
    if (recent) recent[hint] = id;
    return id;
  };
  const ownOr = (note: ShapeNotes, hole: number, text: string, own: number | undefined, hint: number): number =>
    own !== undefined && own !== 0 && pool.textAt(own) === text ? FROM_RECORD : pooled(note, hole, text, hint, MANY_TEXTS);

  const fill = (note: ShapeNotes, kind: HoleKind | undefined, hole: number, text: string, flow: Flow, ids: RowIds): number => {
    switch (kind) {
      case "uuid":
        return text === flow.uuid && text !== "" ? FROM_RECORD : LEFT_OVER;
      case "source_ip":
        return text === flow.sourceIp ? FROM_RECORD : pooled(note, hole, text, 0, FEW_TEXTS);
      case "destination_ip":
        return text === flow.destinationIp ? FROM_RECORD : pooled(note, hole, text, 0, FEW_TEXTS);
      case "source_port":
        return text === PORTS[flow.sourcePort] ? FROM_RECORD : pooled(note, hole, text, 0, FEW_TEXTS);
      case "destination_port":
        return text === PORTS[flow.destinationPort] ? FROM_RECORD : pooled(note, hole, text, 0, FEW_TEXTS);
      case "source":
        return ownOr(note, hole, text, lexicon.endpoints[ids.source]?.text, ids.source);
      case "destination":
        return ownOr(note, hole, text, lexicon.endpoints[ids.destination]?.text, ids.destination);
      case "node":
        return ownOr(note, hole, text, lexicon.nodes[ids.node]?.text, ids.node);
      case "names":
        return ownOr(note, hole, text, lexicon.places[ids.place]?.text, 0);
      case "policies":
        return ownOr(note, hole, text, lexicon.policies[ids.policies]?.text, 0);
      case "node_labels":
        return pooled(note, hole, text, ids.node, MANY_TEXTS);
      case "ethernet":
        return pooled(note, hole, text, ids.source, MANY_TEXTS);
      default:
        return pooled(note, hole, text, 0, FEW_TEXTS);
    }
  };

  return {
    get shapes() {
      return notes.length;
    },
    frameOf: (flow, ids, uuidKind, leftover) => {
      const { shape, holes } = flow.parts;
      const note = notesOf(shape);
      const { kinds } = shape;
      const length = FRAME_HEAD + holes.length;
      if (scratch.length < length) scratch = new Int32Array(length * 2);
      if (uuidKind === UUID_TEXT) leftover.push(flow.uuid);
      let style = 0;
      let timeSeen = "";
      for (let hole = 0; hole < holes.length; hole++) {
        const text = holes[hole] ?? "";
        const kind = kinds[hole];
        let filler: number;
        if (kind === "time" || kind === "time_short") {
          if (style !== 0 && text === timeSeen) filler = FROM_RECORD;
          else {
            const styles = times.stylesOf(text, flow.time);
            if (style === 0 && styles !== 0) {
              style = (styles & note.style) !== 0 ? note.style : styles & -styles;
              note.style = style;
              timeSeen = text;
            }
            filler = (styles & style) !== 0 ? FROM_RECORD : LEFT_OVER;
          }
        } else filler = fill(note, kind, hole, text, flow, ids);
        if (filler === LEFT_OVER) leftover.push(text);
        scratch[FRAME_HEAD + hole] = filler;
      }
      scratch[0] = note.id;
      scratch[1] = style;
      scratch[2] = uuidKind;
      const id = lexicon.frames.idOf(scratch, length);
      frameStyles[id] = style;
      return id;
    },
    isSameFrame: (flow, before, frame) => {
      const { shape, holes } = flow.parts;
      const others = before.parts.holes;
      if (shape !== before.parts.shape || holes.length !== others.length) return false;
      const style = frameStyles[frame] ?? 0;
      let timeSeen = "";
      for (let hole = 0; hole < holes.length; hole++) {
        const text = holes[hole] ?? "";
        const kind = shape.kinds[hole];
        if (kind === "uuid") {
          if (text !== flow.uuid || text === "") return false;
        } else if (kind === "time" || kind === "time_short") {
          if (text === timeSeen) continue;
          if ((times.stylesOf(text, flow.time) & style) === 0) return false;
          timeSeen = text;
        } else if (text !== others[hole]) return false;
      }
      return true;
    },
  };
}
