/** Where the shape of a line is known to its end: what the line says then beside what its holes told. */
import type { DictionaryWriter } from "#lib/flows/dictionary-writer.ts";
import type { Flow, LineShape } from "#lib/flows/flow.ts";
import { AT } from "#lib/flows/flow-columns.ts";
import type { FlowDetail } from "#lib/flows/flow-detail.ts";
import type { DetailHole } from "./detail-pool.ts";
import type { Hole } from "./find-holes.ts";
import { type RepeatPlan, repeatPlanOf } from "./line-repeat.ts";
import { type Reads, readsOf, templateOf } from "./template-fields.ts";
import type { Escape } from "./wrapped-line.ts";

/** The same pieces around times as protojson writes them, and as Go does. */
export interface ShapePair {
  readonly protojson: LineShape;
  readonly short: LineShape;
}

/** In `fixed`: a hole tells. */
export const READ = -2;

/** Numbers in one dictionary. */
interface EndIds {
  readonly dictionary: DictionaryWriter;
  readonly constants: number;
  readonly shape: number;
  readonly short: number;
  readonly detail: number;
  /** Per field of a model, as far as text tells it: its number, or READ. */
  readonly fixed: Int32Array;
}

export interface LineEnd {
  readonly piece: string;
  readonly reads: Reads;
  readonly holes: number;
  /** Holes whose texts are the row's own. */
  readonly own: readonly number[];
  /** Holes that hold parts of the detail; none in the usual flow. */
  readonly details: readonly DetailHole[];
  /** The rest of the detail. */
  readonly detail: FlowDetail;
  /** How a line that repeats one of this shape is told; undefined = not without reading it whole. */
  readonly repeat: RepeatPlan | undefined;
  idsIn(dictionary: DictionaryWriter): EndIds;
  /** Numbers of the shapes of a line that holds this one as a text. */
  shapesAround(dictionary: DictionaryWriter, write: Escape): { readonly shape: number; readonly short: number };
}

export function newLineEnd(piece: string, shapes: ShapePair, holes: readonly Hole[], flow: Flow): LineEnd {
  const reads = readsOf(holes);
  const template = templateOf(flow, reads);
  let ids: EndIds | undefined;
  let around: { readonly dictionary: DictionaryWriter; readonly write: Escape; readonly shape: number; readonly short: number } | undefined;
  return {
    piece,
    reads,
    holes: holes.length,
    own: holes.flatMap(({ reader }, index) => (reader === "value" || reader === "headTime" ? [index] : [])),
    details: holes.flatMap(({ detail: key }, index) => (key === undefined ? [] : [{ index, key }])),
    detail: template.detail,
    repeat: repeatPlanOf(holes),
    idsIn: (dictionary) => {
      if (ids?.dictionary !== dictionary) ids = idsOf(dictionary, shapes, template, reads);
      return ids;
    },
    shapesAround: (dictionary, write) => {
      if (around?.dictionary !== dictionary || around.write !== write)
        around = {
          dictionary,
          write,
          shape: dictionary.shape(wrappedShape(shapes.protojson, write)),
          short: dictionary.shape(wrappedShape(shapes.short, write)),
        };
      return around;
    },
  };
}

function wrappedShape({ pieces, kinds }: LineShape, write: Escape): LineShape {
  return { pieces: ["", ...pieces.map(write), ""], kinds: ["text", ...kinds, "text"] };
}

function idsOf(dictionary: DictionaryWriter, shapes: ShapePair, template: Flow, reads: Reads): EndIds {
  const fixed = new Int32Array(AT.node + 1);
  fixed[AT.source] = reads.source ? READ : dictionary.endpoint(template.source);
  fixed[AT.destination] = reads.destination ? READ : dictionary.endpoint(template.destination);
  fixed[AT.sourceNames] = reads.sourceNames ? READ : dictionary.list(template.sourceNames);
  fixed[AT.destinationNames] = reads.destinationNames ? READ : dictionary.list(template.destinationNames);
  fixed[AT.policyLog] = reads.policyLog ? READ : dictionary.list(template.policyLog);
  fixed[AT.nodeLabels] = reads.nodeLabels ? READ : dictionary.list(template.nodeLabels);
  fixed[AT.sourceIp] = reads.sourceIp ? READ : dictionary.text("");
  fixed[AT.destinationIp] = reads.destinationIp ? READ : dictionary.text("");
  fixed[AT.node] = reads.node ? READ : dictionary.text("");
  return {
    dictionary,
    constants: dictionary.constant(template),
    shape: dictionary.shape(shapes.protojson),
    short: dictionary.shape(shapes.short),
    detail: dictionary.detail(template.detail),
    fixed,
  };
}
