/**
 * The flows of a batch as numbers. Lines of one connection differ in time and uuid only, so a row is those two and the number of a model;
 * a model is a list of numbers too: ids of a dictionary that the decoder keeps as long as it pays. Nothing of a flow is lost (flow-of-row.ts).
 */
import type { Endpoint, Flow, HoleKind, LineShape, Policy } from "./flow.ts";
import type { FlowDetail } from "./flow-detail.ts";

/** Of a flow what the shape of its line tells, mostly. */
export type FlowConstants = Pick<
  Flow,
  | "timeFrom"
  | "verdict"
  | "reason"
  | "dropReason"
  | "dropReasonName"
  | "eventType"
  | "eventSubType"
  | "direction"
  | "isReply"
  | "protocol"
  | "packets"
  | "emitterVersion"
>;

/** Grows, never changes: an id means the same as long as the object lives. Another object means other ids. */
export interface FlowDictionary {
  /** The first two are no text, because of TOLD, and the empty one. */
  readonly texts: readonly string[];
  /** Lists of names, of labels, of words about policies; the first one is empty. */
  readonly lists: readonly (readonly string[])[];
  readonly endpoints: readonly Endpoint[];
  /** The first one is empty. */
  readonly policies: readonly (readonly Policy[])[];
  readonly details: readonly FlowDetail[];
  readonly constants: readonly FlowConstants[];
  readonly shapes: readonly LineShape[];
}

/** Where in a model what stands. Behind these stands one number for each hole of the line's shape. */
export const AT = {
  constants: 0,
  shape: 1,
  source: 2,
  destination: 3,
  sourceNames: 4,
  destinationNames: 5,
  deniedBy: 6,
  policyLog: 7,
  nodeLabels: 8,
  detail: 9,
  sourceIp: 10,
  destinationIp: 11,
  node: 12,
  sourcePort: 13,
  destinationPort: 14,
} as const;
export const HOLES_AT = 15;

/** A hole whose text the rest of the row tells (`toldText`). */
export const TOLD = 0;
/** A hole whose text is the row's own; above 0 it is the id of a text. */
export const OWN = -1;

export interface FlowColumns {
  readonly count: number;
  /** Nanoseconds since 1970. */
  readonly time: BigInt64Array;
  /** Four words a row, most significant first; see uuid-words.ts for the kinds. */
  readonly uuid: Uint32Array;
  readonly uuidKind: Uint8Array;
  /** Number of the row's model. */
  readonly model: Int32Array;
  /** Where each model begins in `models`; one more than there are models. */
  readonly starts: Int32Array;
  readonly models: Int32Array;
  /** Where each row's own texts begin in `own`: its uuid where that is some other text, then its holes that are OWN. */
  readonly ownAt: Int32Array;
  readonly own: readonly string[];
  readonly dictionary: FlowDictionary;
}

/** Kinds of holes that can be TOLD. */
export const TOLD_KINDS: readonly HoleKind[] = [
  "time",
  "time_short",
  "uuid",
  "source_ip",
  "destination_ip",
  "source_port",
  "destination_port",
  "node",
];
