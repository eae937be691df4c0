/** What is known about the connection to the relay while it is followed. */
import type { RelayFailure } from "./relay.ts";

export interface RelayStatus {
  /** The relay answers and streams. */
  isOpen: boolean;
  /** Why it cannot be opened although nobody was asked yet; empty = nothing. */
  problem: string;
  /** How the last try ended; undefined = it did not fail. */
  failure: RelayFailure | undefined;
  /** Streams opened so far. */
  opened: number;
  version: string;
  /** Nodes that the relay is connected to, as it says; undefined = not known. */
  connected: number | undefined;
  /** An old relay, or an agent itself, cannot list nodes. */
  canList: boolean;
  bytes: number;
  repeated: number;
}

export function createRelayStatus(): RelayStatus {
  return {
    isOpen: false,
    problem: "",
    failure: undefined,
    opened: 0,
    version: "",
    connected: undefined,
    canList: true,
    bytes: 0,
    repeated: 0,
  };
}
