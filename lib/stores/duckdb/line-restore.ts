/** Writes a stored flow's line again, byte for byte. */
import { lineOf } from "#lib/decode/line-text.ts";
import type { HoleKind } from "#lib/flows/flow.ts";
import { UUID_TEXT } from "#lib/flows/uuid-words.ts";
import type { Lexicon } from "./lexicon.ts";
import { FRAME_HEAD, FROM_RECORD, LEFT_OVER } from "./line-notes.ts";
import type { StoredFlow } from "./stored-flow.ts";
import { timeText } from "./time-style.ts";

export interface TextSource {
  text(id: number): Promise<string>;
}

/** Latin1 code units, one per byte of the line. */
export async function restoreLine(flow: StoredFlow, lexicon: Lexicon, texts: TextSource): Promise<string> {
  const frame = lexicon.frames.at(flow.frame);
  const shape = lexicon.shapes[frame[0] ?? 0];
  if (!shape) throw new Error(`frame ${flow.frame} names a line shape that is not here`);
  const left = flow.leftover.slice(frame[2] === UUID_TEXT ? 1 : 0);
  const holes: string[] = [];
  for (const [index, kind] of shape.kinds.entries()) {
    const filler = frame[FRAME_HEAD + index] ?? LEFT_OVER;
    if (filler === LEFT_OVER) holes.push(left.shift() ?? "");
    else holes.push(filler === FROM_RECORD ? await textOf(kind, flow, frame[1] ?? 0, lexicon, texts) : await texts.text(filler));
  }
  return lineOf({ shape, holes });
}

async function textOf(kind: HoleKind, flow: StoredFlow, timeStyle: number, lexicon: Lexicon, texts: TextSource): Promise<string> {
  const place = lexicon.places[flow.place];
  const own = async (id: number | undefined): Promise<string> => (id === undefined || id === 0 ? "" : texts.text(id));
  switch (kind) {
    case "time":
      return timeText(flow.time, timeStyle);
    case "uuid":
      return flow.id;
    case "source_ip":
      return lexicon.addresses.texts[flow.sourceIp] ?? "";
    case "destination_ip":
      return lexicon.addresses.texts[place?.ip ?? -1] ?? "";
    case "source_port":
      return String(flow.sourcePort);
    case "destination_port":
      return String(flow.destinationPort);
    case "source":
      return own(lexicon.endpoints[lexicon.senders[flow.sender]?.endpoint ?? -1]?.text);
    case "destination":
      return own(lexicon.endpoints[place?.endpoint ?? -1]?.text);
    case "node":
      return own(lexicon.nodes[flow.node]?.text);
    case "names":
      return own(place?.text);
    case "policies":
      return own(lexicon.policies[flow.policies]?.text);
    default:
      return "";
  }
}
