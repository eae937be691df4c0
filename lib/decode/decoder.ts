/** Turns one logical line of a log into a flow, a notice, an agent's line or a reject; nothing it meets makes it throw. */
import type { Endpoint, Flow, HoleKind, LineParts, LineShape } from "#lib/flows/flow.ts";
import { FlowRows } from "#lib/flows/flow-rows.ts";
import { claimsEvent } from "./claims.ts";
import type { Decoded, DecodedOther, RejectReason } from "./decoded.ts";
import { findHoles, type Hole } from "./find-holes.ts";
import { FlowPools } from "./flow-pools.ts";
import { DEPTH_MAX, shapeOf } from "./json-fault.ts";
import type { FieldReader, JsonObject } from "./json-fields.ts";
import type { ShapePair } from "./line-end.ts";
import type { LineRepeat } from "./line-repeat.ts";
import { LineTemplates } from "./line-templates.ts";
import { detachedSlice, latin1Of, ownCopy, utf8Of } from "./line-text.ts";
import { NO_ENDPOINT, readEndpoint } from "./read-endpoint.ts";
import { readFlow } from "./read-flow.ts";
import { spansOf } from "./scan-json.ts";
import { type FlowPlace, type Unwrapped, unwrap } from "./unwrap.ts";
import { ESCAPES, WrappedLines } from "./wrapped-line.ts";

export interface DecodeContext {
  /** Time of a line nearby, for flows whose time an exporter's mask left out and no wrapper tells. */
  readonly fallbackTime: bigint | undefined;
}

export interface Decoder {
  /** `line` is a logical line without its line end, as latin1 code units (one char, one byte). */
  decode(line: string, context: DecodeContext): Decoded;
  /** The same, but a flow goes into `rows`, and the answer is undefined. */
  decodeInto(line: string, context: DecodeContext, rows: FlowRows): DecodedOther | undefined;
  /** What the line that became a row last looks like, where another one may repeat it; asked for before the next line. */
  repeat(): LineRepeat | undefined;
}

/** Longer lines are not read. */
export const LINE_MAX = 1_048_576;

/** Rows of lines decoded one by one that wait to be forgotten. */
const ROWS_MAX = 256;
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
  private readonly wrapped = new WrappedLines();
  /** For lines decoded one by one. */
  private readonly rows = new FlowRows();
  private shapes = new Map<string, LineShape>();
  private shapeChars = 0;

  constructor(templates: boolean) {
    this.templates = templates ? new LineTemplates(this.pools) : undefined;
  }

  decode(line: string, context: DecodeContext): Decoded {
    if (line.length > LINE_MAX) return tooLong(line);
    if (!this.decodeKnown(line, context, this.rows)) return this.decodeSlowly(line, context);
    const flow = this.rows.last();
    if (this.rows.count >= ROWS_MAX) this.rows.take();
    return { is: "flow", flow };
  }

  decodeInto(line: string, context: DecodeContext, rows: FlowRows): DecodedOther | undefined {
    if (line.length > LINE_MAX) return tooLong(line);
    if (this.decodeKnown(line, context, rows)) return undefined;
    const decoded = this.decodeSlowly(line, context);
    if (decoded.is !== "flow") return decoded;
    rows.add(decoded.flow);
    return undefined;
  }

  repeat(): LineRepeat | undefined {
    return this.templates?.repeat();
  }

  private decodeKnown(line: string, context: DecodeContext, rows: FlowRows): boolean {
    if (this.templates === undefined) return false;
    if (this.templates.decodeInto(line, context, rows)) return true;
    const wrapped = this.wrapped.find(line);
    return wrapped !== undefined && this.templates.decodeInto(wrapped.inner, context, rows, wrapped);
  }

  private decodeSlowly(line: string, context: DecodeContext): Decoded {
    const found = unwrap(utf8Of(line));
    if (found.is === "flow") return this.flowIn(found, line, context);
    return found.is === "reject" ? rejected(line, found.reason, found.detail) : found;
  }

  private flowIn(found: Unwrapped & { is: "flow" }, line: string, context: DecodeContext): Decoded {
    const { deepest } = shapeOf(line);
    if (deepest > DEPTH_MAX) return rejected(line, "too-deep", `nested ${deepest} deep`);
    const { at } = found;
    const inner = at.isLine ? line : latin1Of(at.text);
    const spans = inner.startsWith(at.text.slice(0, at.start)) ? spansOf(inner, at.start, at.keys) : undefined;
    const endpointOf = (side: "source" | "destination", object: JsonObject, read: FieldReader): Endpoint => {
      const span = spans?.get(side);
      const blockText = span ? inner.slice(span.start, span.end) : latin1Of(JSON.stringify(object));
      return Object.keys(object).length === 0
        ? NO_ENDPOINT
        : (this.pools.endpoints.blockOf(blockText)?.value ?? readEndpoint(object, read));
    };
    const around = {
      ...found,
      endpointOf,
      // asked for by flows that have no time of their own only
      get fallbackTime() {
        return context.fallbackTime;
      },
    };
    const read = readFlow(found.flow, around, { shape: WHOLE_LINE, holes: [line] });
    if ("problem" in read) return rejected(line, read.reason, read.problem);
    const flow: Flow = { ...read, detail: this.pools.details.shared(read.detail) };
    const parts = spans && (at.isLine ? this.partsOf(line, at, flow) : this.partsAround(line, inner, at, flow));
    return { is: "flow", flow: parts ? { ...flow, parts } : flow };
  }

  private partsOf(line: string, at: FlowPlace, flow: Flow): LineParts | undefined {
    const found = findHoles(line, at, flow);
    if (!found) return undefined;
    const { holes, exact } = found;
    const pieces = piecesOf(line, holes);
    if (lengthOf(pieces) > PIECES_MAX) return undefined;
    const kinds = holes.map((hole) => hole.kind);
    const shape = this.shapeOf(pieces, kinds);
    if (exact && this.templates) this.templates.learn(this.shapesOf(pieces, kinds), holes, flow);
    return { shape, holes: holes.map((hole) => detachedSlice(line, hole.start, hole.end)) };
  }

  /** The parts of a line that holds its flow as a text: what stands around it are two holes, the rest is the flow's own, escaped. */
  private partsAround(line: string, inner: string, at: FlowPlace, flow: Flow): LineParts | undefined {
    const found = findHoles(inner, at, flow);
    if (!found) return undefined;
    const escaped = ESCAPES.find((one) => line.includes(one(inner)));
    if (!escaped) return undefined;
    const start = line.indexOf(escaped(inner));
    const end = start + escaped(inner).length;
    const own = piecesOf(inner, found.holes);
    const pieces = ["", ...own.map(escaped), ""];
    if (lengthOf(pieces) > PIECES_MAX) return undefined;
    if (found.exact && (flow.timeFrom === "flow" || flow.timeFrom === "envelope") && this.templates) {
      const ownKinds = found.holes.map((hole) => hole.kind);
      this.templates.learn(this.shapesOf(own, ownKinds), found.holes, flow);
      this.wrapped.learn(line, inner);
    }
    const texts = found.holes.map((hole) => inner.slice(hole.start, hole.end));
    const kinds = found.holes.map(
      ({ kind }, index): HoleKind => (isToldByBlock(kind) || escaped(texts[index] ?? "") === texts[index] ? kind : "text"),
    );
    const holes = [line.slice(0, start), ...texts.map(escaped), line.slice(end)];
    return { shape: this.shapeOf(pieces, ["text", ...kinds, "text"]), holes: holes.map((hole) => detachedSlice(hole, 0, hole.length)) };
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

const BLOCK_KINDS: readonly HoleKind[] = ["source", "destination", "node_labels", "ethernet", "names", "policies"];

/** A dictionary keeps what stands in the line; the other kinds must be written as the record says. */
function isToldByBlock(kind: HoleKind): boolean {
  return BLOCK_KINDS.includes(kind);
}

function piecesOf(line: string, holes: readonly Hole[]): string[] {
  const starts = [0, ...holes.map((hole) => hole.end)];
  return starts.map((start, index) => line.slice(start, holes[index]?.start ?? line.length));
}

function lengthOf(pieces: readonly string[]): number {
  return pieces.reduce((sum, piece) => sum + piece.length, 0);
}

function tooLong(line: string): DecodedOther {
  const beginning = line.slice(0, CLAIM_MAX);
  if (claimsEvent(beginning)) return rejected(line, "too-long", `${line.length} bytes`);
  const text = utf8Of(beginning);
  return { is: "agent", agent: { time: undefined, level: "", message: text.slice(0, SAMPLE_MAX), text } };
}

function rejected(line: string, reason: RejectReason, detail: string): DecodedOther {
  return { is: "reject", reject: { reason, detail, sample: utf8Of(line.slice(0, SAMPLE_MAX)) } };
}
