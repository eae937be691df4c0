/** Turns one logical line of a log into a flow, a notice, an agent's line or a reject; nothing it meets makes it throw. */
import type { Endpoint, Flow, HoleKind, LineParts, LineShape } from "#lib/flows/flow.ts";
import { claimsEvent } from "./claims.ts";
import type { Decoded, RejectReason } from "./decoded.ts";
import { findHoles } from "./find-holes.ts";
import { FlowPools } from "./flow-pools.ts";
import { DEPTH_MAX, shapeOf } from "./json-fault.ts";
import type { FieldReader, JsonObject } from "./json-fields.ts";
import { LineTemplates, type ShapePair } from "./line-templates.ts";
import { detachedSlice, latin1Of, ownCopy, utf8Of } from "./line-text.ts";
import { NO_ENDPOINT, readEndpoint } from "./read-endpoint.ts";
import { readFlow } from "./read-flow.ts";
import { spansOf } from "./scan-json.ts";
import { type Unwrapped, unwrap } from "./unwrap.ts";

export interface DecodeContext {
  /** Time of a line nearby, for flows whose time an exporter's mask left out and no wrapper tells. */
  readonly fallbackTime: bigint | undefined;
}

export interface Decoder {
  /** `line` is a logical line without its line end, as latin1 code units (one char, one byte). */
  decode(line: string, context: DecodeContext): Decoded;
}

/** Longer lines are not read. */
export const LINE_MAX = 1_048_576;

const CLAIM_MAX = 65_536;
const SAMPLE_MAX = 2000;
const SHAPES_MAX = 8192;
const SHAPE_CHARS_MAX = 16 << 20;
const PIECES_MAX = 16_384;
const WHOLE_LINE: LineShape = { pieces: ["", ""], kinds: ["text"] };

/** `templates: false` decodes every line the slow way; both ways give the same flows (law test). */
export function createDecoder(options: { readonly templates: boolean } = { templates: true }): Decoder {
  return new LineDecoder(options.templates);
}

class LineDecoder implements Decoder {
  private readonly pools = new FlowPools();
  private readonly templates: LineTemplates | undefined;
  private shapes = new Map<string, LineShape>();
  private shapeChars = 0;

  constructor(templates: boolean) {
    this.templates = templates ? new LineTemplates(this.pools) : undefined;
  }

  decode(line: string, context: DecodeContext): Decoded {
    if (line.length > LINE_MAX) return tooLong(line);
    const flow = this.templates?.decode(line, context.fallbackTime);
    return flow ? { is: "flow", flow } : this.decodeSlowly(line, context);
  }

  private decodeSlowly(line: string, context: DecodeContext): Decoded {
    const text = utf8Of(line);
    const found = unwrap(text);
    if (found.is === "flow") return this.flowIn(found, line, text, context);
    return found.is === "reject" ? rejected(line, found.reason, found.detail) : found;
  }

  private flowIn(found: Unwrapped & { is: "flow" }, line: string, text: string, context: DecodeContext): Decoded {
    const { deepest } = shapeOf(line);
    if (deepest > DEPTH_MAX) return rejected(line, "too-deep", `nested ${deepest} deep`);
    const at = found.at && line.startsWith(text.slice(0, found.at.start)) ? found.at : undefined;
    const spans = at && spansOf(line, at.start, at.keys);
    const endpointOf = (side: "source" | "destination", object: JsonObject, read: FieldReader): Endpoint => {
      const span = spans?.get(side);
      const blockText = span ? line.slice(span.start, span.end) : latin1Of(JSON.stringify(object));
      return Object.keys(object).length === 0
        ? NO_ENDPOINT
        : (this.pools.endpoints.blockOf(blockText)?.value ?? readEndpoint(object, read));
    };
    const flow = readFlow(found.flow, { ...found, fallbackTime: context.fallbackTime, endpointOf }, { shape: WHOLE_LINE, holes: [line] });
    if ("detail" in flow) return rejected(line, flow.reason, flow.detail);
    return { is: "flow", flow: at && spans ? { ...flow, parts: this.partsOf(line, at, flow) } : flow };
  }

  private partsOf(line: string, at: { readonly start: number; readonly keys: readonly string[] }, flow: Flow): LineParts {
    const found = findHoles(line, at, flow);
    if (!found) return flow.parts;
    const { holes, exact } = found;
    const starts = [0, ...holes.map((hole) => hole.end)];
    const pieces = starts.map((start, index) => line.slice(start, holes[index]?.start ?? line.length));
    if (pieces.reduce((sum, piece) => sum + piece.length, 0) > PIECES_MAX) return flow.parts;
    const kinds = holes.map((hole) => hole.kind);
    const shape = this.shapeOf(pieces, kinds);
    if (exact && this.templates) this.templates.learn(this.shapesOf(pieces, kinds), holes, flow);
    return { shape, holes: holes.map((hole) => detachedSlice(line, hole.start, hole.end)) };
  }

  private shapesOf(pieces: readonly string[], kinds: LineShape["kinds"]): ShapePair {
    const timesAre = (time: HoleKind): HoleKind[] => kinds.map((kind) => (kind === "time" || kind === "time_short" ? time : kind));
    return { protojson: this.shapeOf(pieces, timesAre("time")), short: this.shapeOf(pieces, timesAre("time_short")) };
  }

  private forgetShapes(): void {
    this.shapes = new Map();
    this.shapeChars = 0;
    this.templates?.forget();
  }

  private shapeOf(pieces: readonly string[], kinds: LineShape["kinds"]): LineShape {
    const key = JSON.stringify([kinds, pieces]);
    const known = this.shapes.get(key);
    if (known) return known;
    if (this.shapes.size >= SHAPES_MAX || this.shapeChars > SHAPE_CHARS_MAX) this.forgetShapes();
    this.shapeChars += key.length;
    const shape: LineShape = { pieces: pieces.map(ownCopy), kinds };
    this.shapes.set(key, shape);
    return shape;
  }
}

function tooLong(line: string): Decoded {
  const beginning = line.slice(0, CLAIM_MAX);
  if (claimsEvent(beginning)) return rejected(line, "too-long", `${line.length} bytes`);
  const text = utf8Of(beginning);
  return { is: "agent", agent: { time: undefined, level: "", message: text.slice(0, SAMPLE_MAX), text } };
}

function rejected(line: string, reason: RejectReason, detail: string): Decoded {
  return { is: "reject", reject: { reason, detail, sample: utf8Of(line.slice(0, SAMPLE_MAX)) } };
}
