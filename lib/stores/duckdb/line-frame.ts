/** What has to be kept of a line's text beside its record: for each hole of its shape where the text comes from. */
import type { Flow, HoleKind } from "#lib/flows/flow.ts";
import { UUID_TEXT } from "#lib/flows/uuid-words.ts";
import type { Lexicon } from "./lexicon.ts";
import { FEW_TEXTS, FRAME_HEAD, FROM_RECORD, LEFT_OVER, type LineNotes, MANY_TEXTS, type ShapeNotes } from "./line-notes.ts";
import type { TextPool } from "./text-pool.ts";
import { createTimeReader } from "./time-style.ts";

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
}

/** For any flow; rows.frames.ts does the same for rows whose texts have numbers already. */
export function createFrameMaker(lexicon: Lexicon, pool: TextPool, notes: LineNotes): FrameMaker {
  const times = createTimeReader();
  let scratch = new Int32Array(64);

  const ownOr = (note: ShapeNotes, hole: number, text: string, own: number | undefined): number =>
    own !== undefined && own !== 0 && pool.textAt(own) === text ? FROM_RECORD : notes.pooled(note, hole, text, MANY_TEXTS);
  const few = (note: ShapeNotes, hole: number, text: string, told: string | undefined): number =>
    text === told ? FROM_RECORD : notes.pooled(note, hole, text, FEW_TEXTS);

  const fill = (note: ShapeNotes, kind: HoleKind | undefined, hole: number, text: string, flow: Flow, ids: RowIds): number => {
    switch (kind) {
      case "uuid":
        return text === flow.uuid && text !== "" ? FROM_RECORD : LEFT_OVER;
      case "source_ip":
        return few(note, hole, text, flow.sourceIp);
      case "destination_ip":
        return few(note, hole, text, flow.destinationIp);
      case "source_port":
        return few(note, hole, text, String(flow.sourcePort));
      case "destination_port":
        return few(note, hole, text, String(flow.destinationPort));
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
        return notes.pooled(note, hole, text, MANY_TEXTS);
      default:
        return notes.pooled(note, hole, text, FEW_TEXTS);
    }
  };

  return {
    frameOf: (flow, ids, uuidKind, leftover) => {
      const { shape, holes } = flow.parts;
      const note = notes.of(shape);
      const length = FRAME_HEAD + holes.length;
      if (scratch.length < length) scratch = new Int32Array(length * 2);
      if (uuidKind === UUID_TEXT) leftover.push(flow.uuid);
      let style = 0;
      for (const [hole, text] of holes.entries()) {
        const kind = shape.kinds[hole];
        let filler: number;
        if (kind === "time" || kind === "time_short") {
          const styles = times.stylesOf(text, flow.time);
          if (style === 0 && styles !== 0) {
            style = (styles & note.style) !== 0 ? note.style : styles & -styles;
            note.style = style;
          }
          filler = (styles & style) !== 0 ? FROM_RECORD : LEFT_OVER;
        } else filler = fill(note, kind, hole, text, flow, ids);
        if (filler === LEFT_OVER) leftover.push(text);
        scratch[FRAME_HEAD + hole] = filler;
      }
      scratch[0] = note.id;
      scratch[1] = style;
      scratch[2] = uuidKind;
      return lexicon.frames.idOf(scratch, length);
    },
  };
}
