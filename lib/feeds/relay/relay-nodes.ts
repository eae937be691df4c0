/** The nodes behind the relay, by name, and what messages, lists and probes tell about them. */
import type { JsonValue } from "@bufbuild/protobuf";
import { z } from "zod";
import type { NodeLoss } from "./node-losses.ts";
import { createNodeStatus, type NodeStatus } from "./node-status.ts";
import type { NodesState } from "./relay-message.ts";

export interface RelayNodes {
  readonly all: readonly NodeStatus[];
  /** Made when it is not known yet; undefined when there are too many, or without a name. */
  of(name: string): NodeStatus | undefined;
  /** What earlier runs of Weir knew to be missing. */
  restore(losses: readonly NodeLoss[]): void;
  /** The relay's word on some nodes; `now` in nanoseconds since 1970. Answers those whose state changed. */
  tell(said: NodesState, now: bigint): readonly NodeStatus[];
  /** An answer of GetNodes; `now` in nanoseconds since 1970. False = not readable. Answers those whose state changed. */
  list(answer: JsonValue, now: bigint): readonly NodeStatus[] | undefined;
}

const NODES_MOST = 5_000;
/** Nanoseconds since its last flow for which a node counts as sending. */
const SENDS = 120_000_000_000n;

const STATES: ReadonlyMap<string, NodeStatus["state"]> = new Map([
  ["NODE_CONNECTED", "connected"],
  ["NODE_UNAVAILABLE", "unavailable"],
  ["NODE_ERROR", "error"],
  ["NODE_GONE", "gone"],
]);

const count = z.string().regex(/^\d+$/).default("0");
const nodesSchema = z.object({
  nodes: z
    .array(
      z.object({
        name: z.string().default(""),
        version: z.string().default(""),
        address: z.string().default(""),
        state: z.union([z.string(), z.number()]).default("UNKNOWN_NODE_STATE"),
        uptime_ns: count,
        num_flows: count,
        max_flows: count,
        seen_flows: count,
      }),
    )
    .default([]),
});

/** Flows name a node with its cluster, lists leave the cluster out where it is called `default`. */
export function nodeKey(name: string): string {
  return name.replace(/^default\//, "");
}

/** Counts on the wire may be larger than numbers are exact. */
function countOf(text: string): number {
  return Math.min(Number(text), Number.MAX_SAFE_INTEGER);
}

/** `cilium v1.19.2+g1234567 (go version …)` → `1.19.2`. */
function shortVersion(text: string): string {
  return /\bv?(\d+\.\d+\.\d+(?:-[\w.]+)?)/.exec(text)?.[1] ?? text;
}

export function createRelayNodes(): RelayNodes {
  const nodes = new Map<string, NodeStatus>();
  const nodeOf = (key: string): NodeStatus | undefined => {
    const known = nodes.get(key);
    if (known !== undefined || key === "" || nodes.size >= NODES_MOST) return known;
    const made = createNodeStatus(key);
    nodes.set(key, made);
    return made;
  };
  const of = (name: string): NodeStatus | undefined => {
    const found = nodeOf(nodeKey(name));
    if (found !== undefined) found.isMet = true;
    return found;
  };
  const enter = (status: NodeStatus, state: NodeStatus["state"], message: string, now: bigint): boolean => {
    const changed = status.state !== state;
    if (changed && status.state === "connected") status.departures += 1;
    if (changed) status.goneAt = state === "gone" ? now : 0n;
    status.state = state;
    status.message = message;
    return changed;
  };
  return {
    get all() {
      return [...nodes.values()];
    },
    of,
    restore(losses) {
      for (const { node, goneAt, ...missing } of losses) {
        const status = nodeOf(node);
        if (status === undefined) continue;
        Object.assign(status, missing, { goneAt });
        if (goneAt !== 0n) status.state = "gone";
      }
    },
    tell({ state, nodes: names, message }, now) {
      const found = STATES.get(state);
      if (found === undefined) return [];
      return names.flatMap((name) => {
        const status = of(name);
        return status !== undefined && enter(status, found, found === "connected" ? "" : message, now) ? [status] : [];
      });
    },
    list(answer, now) {
      const read = nodesSchema.safeParse(answer);
      if (!read.success) return undefined;
      const present = new Set<NodeStatus>();
      const changed: NodeStatus[] = [];
      for (const node of read.data.nodes) {
        const status = of(node.name);
        if (status === undefined) continue;
        present.add(status);
        const state = STATES.get(String(node.state)) ?? "unknown";
        if (enter(status, state, state === status.state ? status.message : "", now)) changed.push(status);
        status.address = node.address;
        if (node.version !== "") status.version = shortVersion(node.version);
        if (state !== "connected") continue;
        const seen = countOf(node.seen_flows);
        if (seen !== status.seen || status.seenChangedAt === 0n) status.seenChangedAt = now;
        status.seen = seen;
        status.held = countOf(node.num_flows);
        status.room = countOf(node.max_flows);
        status.uptime = BigInt(node.uptime_ns);
      }
      // who still sends is there, whatever name a list has for it
      for (const status of nodes.values())
        if (!present.has(status) && now - status.lastFlow > SENDS && enter(status, "gone", "", now)) changed.push(status);
      return changed;
    },
  };
}
