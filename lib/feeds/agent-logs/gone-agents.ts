/** Agents whose pods are gone and of whose logs something is missing: what is missing stays missing when nobody can be asked any more. */

import { z } from "zod";
import { formatTime } from "#lib/flows/flow-time.ts";
import type { SourceReport } from "#lib/questions/source-report.ts";
import { type AgentPlace, type Gap, gapSchema, writeGap } from "./agent-place.ts";
import type { AgentStatus } from "./agent-status.ts";

/** Times in nanoseconds since 1970. */
export interface GoneAgent {
  readonly node: string;
  /** The pod that went last. */
  readonly name: string;
  readonly goneAt: bigint;
  readonly gaps: number;
  readonly lastGap: Gap | undefined;
  /** Lines left out because the store could not follow. */
  readonly shed: number;
  /** Events that Hubble lost there, and lines not understood, as far as this run of Weir knows. */
  readonly lost: number;
  readonly rejected: number;
}

export interface GoneAgents {
  readonly all: readonly GoneAgent[];
  /** Kept if something of its log is missing. */
  add(agent: GoneAgent): void;
}

/** More than a big cluster has nodes; of those that went before, nothing is known any more. */
const KEPT_MOST = 1_000;

export function createGoneAgents(known: readonly GoneAgent[]): GoneAgents {
  const kept = new Map(known.map((agent) => [keyOf(agent), agent]));
  return {
    get all() {
      return [...kept.values()];
    },
    add(agent) {
      if (agent.gaps + agent.shed + agent.lost + agent.rejected === 0) return;
      const key = keyOf(agent);
      const before = kept.get(key);
      kept.delete(key);
      kept.set(key, before === undefined ? agent : sumOf(before, agent));
      for (const [oldest] of kept) if (kept.size > KEPT_MOST) kept.delete(oldest);
    },
  };
}

/** An agent as it is known when its pod goes. */
export function goneAgent(status: Pick<AgentStatus, "lost" | "rejected">, place: AgentPlace, goneAt: bigint): GoneAgent {
  const { node, name, gaps, lastGap, shed } = place;
  return { node, name, goneAt, gaps, lastGap, shed, lost: status.lost, rejected: status.rejected };
}

/** A node's agents follow one another: what their logs lack is the node's. */
function keyOf({ node, name }: GoneAgent): string {
  return node === "" ? `pod ${name}` : `node ${node}`;
}

function sumOf(before: GoneAgent, agent: GoneAgent): GoneAgent {
  return {
    ...agent,
    gaps: before.gaps + agent.gaps,
    lastGap: agent.lastGap ?? before.lastGap,
    shed: before.shed + agent.shed,
    lost: before.lost + agent.lost,
    rejected: before.rejected + agent.rejected,
  };
}

const count = z.number().int().min(0).default(0);
/** As it is written down. */
export const goneSchema = z
  .object({
    on: z.string(),
    n: z.string(),
    at: z
      .string()
      .regex(/^\d{1,20}$/)
      .transform(BigInt),
    gaps: count,
    gap: gapSchema.optional(),
    shed: count,
    lost: count,
    bad: count,
  })
  .transform(({ on, n, at, gaps, gap, shed, lost, bad }): GoneAgent => {
    return { node: on, name: n, goneAt: at, gaps, lastGap: gap, shed, lost, rejected: bad };
  });

export function writeGone({ node, name, goneAt, gaps, lastGap, shed, lost, rejected }: GoneAgent): z.input<typeof goneSchema> {
  return { on: node, n: name, at: String(goneAt), gaps, ...(lastGap && { gap: writeGap(lastGap) }), shed, lost, bad: rejected };
}

/** Whether it was there, or something was lost of it, at `from` or later; nanoseconds since 1970. */
export function isAbout({ goneAt }: GoneAgent, from: bigint): boolean {
  return goneAt >= from;
}

export function goneReport(feed: string, { node, name, goneAt, gaps, lastGap, shed, lost, rejected }: GoneAgent): SourceReport {
  return {
    feed,
    node,
    name,
    hearing: "gone",
    goneSince: formatTime(goneAt),
    trouble: "",
    version: "",
    lastLine: "",
    lastFlow: "",
    flowsPerSecond: 0,
    lines: 0,
    flows: 0,
    rejected,
    sample: "",
    lost,
    repeated: 0,
    reopened: 0,
    gaps,
    shed,
    lastGap: lastGap && { from: formatTime(lastGap.from), to: formatTime(lastGap.to), why: lastGap.why },
    exporter: [],
  };
}
