/** What the dictionaries hold: one entry per distinct endpoint, sender, place, event, policy list, line shape. Plain data, kept as JSON. */
import type { EventClass } from "#lib/filters/flow-part.ts";
import type { Endpoint, LineShape, Policy } from "#lib/flows/flow.ts";
import { type FlowDetail, NO_DETAIL } from "#lib/flows/flow-detail.ts";

/** An id of texts.ts; 0 = no text. */
export type TextId = number;

export interface EndpointEntry {
  readonly record: Endpoint;
  readonly text: TextId;
}

/** An endpoint as a source, with what its dimension values read beside it. */
export interface SenderEntry {
  readonly endpoint: number;
  /** Address and node where its dimension values come from them, else -1. */
  readonly ip: number;
  readonly node: number;
  /** Dimension values; `pod` and `workload` may be an address, `cluster` may come from the node's name. */
  readonly pod: string;
  readonly workload: string;
  readonly namespace: string;
  readonly cluster: string;
}

/** An endpoint as a destination, at one address under the same DNS names. */
export interface PlaceEntry {
  readonly endpoint: number;
  readonly ip: number;
  readonly names: readonly string[];
  readonly group: string;
  readonly text: TextId;
}

export interface PoliciesEntry {
  readonly deniedBy: readonly Policy[];
  readonly log: readonly string[];
  readonly text: TextId;
}

/** What only filters ask for. */
export interface DetailEntry {
  readonly detail: FlowDetail;
  readonly nodeLabels: readonly string[];
  readonly sourceNames: readonly string[];
}

export interface NodeEntry {
  readonly name: string;
  readonly text: TextId;
}

export type EventEntry = EventClass;

export const NOTHING_ELSE: DetailEntry = { detail: NO_DETAIL, nodeLabels: [], sourceNames: [] };
export const NO_POLICIES: PoliciesEntry = { deniedBy: [], log: [], text: 0 };

/** Entries that were added since the last batch, in order; JSON of this is one row of the table `entries`. */
export interface NewEntries {
  readonly addresses: readonly string[];
  readonly nodes: readonly NodeEntry[];
  readonly endpoints: readonly EndpointEntry[];
  readonly senders: readonly SenderEntry[];
  readonly places: readonly PlaceEntry[];
  readonly events: readonly EventEntry[];
  readonly policies: readonly PoliciesEntry[];
  readonly details: readonly DetailEntry[];
  readonly shapes: readonly LineShape[];
  /** Shape, time style, uuid kind, and one filler per hole. */
  readonly frames: readonly (readonly number[])[];
}
