/** Nodes that left and came back, and whether their rings still hold what Weir has not heard meanwhile. */
import type { NodeStatus } from "./node-status.ts";
import type { RelayNodes } from "./relay-nodes.ts";
import { noteAway, type RelayPlace } from "./relay-place.ts";

const SECOND = 1_000_000_000n;
/** Relay sorts what its nodes send for a second before it sends it on. */
const SORTING = 3n * SECOND;
/** So late Relay may notice that a node is away. */
const NOTICED_LATE = 10n * SECOND;

export interface Returns {
  /** A stream begins. */
  begin(): void;
  /** Nodes whose state changed. */
  changed(nodes: readonly NodeStatus[]): void;
  /** A node failed in this stream. */
  failed(): void;
  readonly hasFailed: boolean;
  /** Whether the oldest flow of some ring should be looked at. */
  readonly isWanted: boolean;
  /** The oldest flow that a node's ring holds, in nanoseconds since 1970. */
  oldest(node: NodeStatus, time: bigint): void;
  /** All rings were looked at. */
  looked(): void;
  /** Now and then: what came back and stayed has sent what it had. */
  settle(): void;
}

interface Parts {
  readonly place: RelayPlace;
  readonly nodes: RelayNodes;
  readonly now: () => bigint;
}

export function createReturns({ place, nodes, now }: Parts): Returns {
  /** Until when the stream before was heard; undefined = there was none. */
  let heardUntil: bigint | undefined;
  /** Of nodes that came back: until when they were heard. */
  let returned = new Map<string, bigint>();
  let settling = new Set<string>();
  /** Known before this stream, with their newest flow then; undefined = Weir was started anew, and every node may be. */
  let known: ReadonlyMap<string, bigint> | undefined;
  let hasFailed = false;
  const heardOf = (name: string): bigint | undefined => {
    if (heardUntil === undefined || (known !== undefined && !known.has(name))) return undefined;
    return later(known?.get(name) ?? 0n, heardUntil);
  };
  return {
    begin() {
      heardUntil = place.aliveAt === 0n ? undefined : later(place.newest, place.aliveAt - SORTING);
      const met = nodes.all.filter(({ isMet }) => isMet);
      known = met.length === 0 ? undefined : new Map(met.map(({ name, lastFlow }) => [name, lastFlow]));
      hasFailed = false;
    },
    changed(changed) {
      for (const { name, state, lastFlow } of changed) {
        if (state === "unavailable" || state === "error") {
          noteAway(place, name, later(lastFlow, now() - NOTICED_LATE));
          settling.delete(name);
        } else if (state === "gone") place.away.delete(name);
        else if (state === "connected") {
          const away = place.away.get(name);
          if (away === undefined) continue;
          returned.set(name, away);
          settling.delete(name);
        }
      }
    },
    failed() {
      hasFailed = true;
    },
    get hasFailed() {
      return hasFailed;
    },
    get isWanted() {
      return heardUntil !== undefined || returned.size > 0;
    },
    oldest(node, time) {
      const heard = returned.get(node.name) ?? heardOf(node.name);
      if (heard === undefined || time <= heard) return;
      node.gaps += 1;
      node.lastGap = { from: heard, to: time };
    },
    looked() {
      heardUntil = undefined;
      returned = new Map();
    },
    settle() {
      for (const name of settling) place.away.delete(name);
      settling = new Set(nodes.all.filter(({ state, name }) => state === "connected" && place.away.has(name)).map(({ name }) => name));
    },
  };
}

function later(one: bigint, other: bigint): bigint {
  if (one > other) return one;
  return other;
}
