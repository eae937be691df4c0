/** What has to be kept of a line's text beside its record: for each hole of its shape where the text comes from. */
import type { Flow, HoleKind } from "#lib/flows/flow.ts";
import { UUID_TEXT } from "#lib/flows/uuid-words.ts";
import type { Lexicon } from "./lexicon.ts";
import { FRAME_HEAD, FROM_RECORD, LEFT_OVER, type LineNotes, mostTextsOf, type ShapeNotes } from "./line-notes.ts";
import { ownTextOf, type RowIds } from "./own-texts.ts";
import type { TextPool } from "./text-pool.ts";
import { createTimeReader } from "./time-style.ts";

export interface FrameMaker {
  /** The frame's id; texts that no frame can tell are pushed to `leftover` (a text uuid first). */
  frameOf(flow: Flow, ids: RowIds, uuidKind: number, leftover: string[]): number;
}

/** For any flow; row-frames.ts does the same for rows whose texts have numbers already. */
export function createFrameMaker(lexicon: Lexicon, pool: TextPool, notes: LineNotes): FrameMaker {
  const times = createTimeReader();
  let scratch = new Int32Array(64);

  const toldBy = (kind: HoleKind | undefined, flow: Flow): string | undefined => {
    switch (kind) {
      case "source_ip":
        return flow.sourceIp;
      case "destination_ip":
        return flow.destinationIp;
      case "source_port":
        return String(flow.sourcePort);
      case "destination_port":
        return String(flow.destinationPort);
      default:
        return undefined;
    }
  };

  const fill = (note: ShapeNotes, kind: HoleKind | undefined, hole: number, text: string, flow: Flow, ids: RowIds): number => {
    if (kind === "uuid") return text === flow.uuid && text !== "" ? FROM_RECORD : LEFT_OVER;
    if (text === toldBy(kind, flow)) return FROM_RECORD;
    const own = ownTextOf(lexicon, kind, ids);
    return pool.textAt(own) === text ? FROM_RECORD : notes.pooled(note, hole, text, mostTextsOf(kind));
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
