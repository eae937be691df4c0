/** What the feed needs of a relay: the stream of flows, two questions, and failures as values. */
import type { JsonValue } from "@bufbuild/protobuf";

/** gRPC's status, and the words of whoever gave it. */
export interface RelayFailure {
  readonly code: number;
  readonly details: string;
}

export type RelayAnswer =
  | { readonly value: JsonValue; readonly failure?: never }
  | { readonly failure: RelayFailure; readonly value?: never };

export interface FlowStream {
  /** Ends when the stream does, and then `failure` says why. Reads no faster than it is asked. */
  readonly messages: AsyncIterable<Uint8Array>;
  /** Undefined = the relay ended it in peace, or `cancel` did. */
  failure(): RelayFailure | undefined;
  cancel(): void;
}

export interface Relay {
  /** `request`: a GetFlowsRequest as JSON. */
  flows(request: JsonValue): FlowStream;
  /** Never rejects. */
  ask(call: "GetNodes" | "ServerStatus", withinMs: number, signal: AbortSignal): Promise<RelayAnswer>;
  close(): void;
}

export type OpenedRelay = { readonly relay: Relay; readonly problem?: never } | { readonly problem: string; readonly relay?: never };
