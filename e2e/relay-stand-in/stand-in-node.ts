/** A node of the stand-in: a ring of the newest flows, as long as it has room, and its state as Relay tells it. */

export interface RingEntry {
  /** Nanoseconds since 1970. */
  readonly time: bigint;
  readonly bytes: Buffer;
  /** What filters look at. */
  readonly verdict: string;
  readonly direction: string;
  readonly isLost: boolean;
}

export type StandInState = "NODE_CONNECTED" | "NODE_UNAVAILABLE" | "NODE_GONE" | "NODE_ERROR";

export class StandInNode {
  readonly ring: RingEntry[] = [];
  state: StandInState = "NODE_CONNECTED";
  message = "";
  seen = 0;
  uptimeNs = 3_600_000_000_000n;
  readonly name: string;
  readonly version: string;
  readonly room: number;
  private readonly heard: (node: StandInNode, entry: RingEntry) => void;

  constructor(parts: { name: string; version: string; room: number; onEntry: (node: StandInNode, entry: RingEntry) => void }) {
    this.name = parts.name;
    this.version = parts.version;
    this.room = parts.room;
    this.heard = parts.onEntry;
  }

  add(entry: RingEntry): void {
    this.ring.push(entry);
    this.seen += 1;
    if (this.ring.length > this.room) this.ring.shift();
    this.heard(this, entry);
  }

  /** The agent starts anew: its ring is empty. */
  restart(): void {
    this.ring.length = 0;
    this.seen = 0;
  }
}
