/** What is missing of nodes behind a relay, kept with the flows: what Weir could not hear stays missing when it is started again. */
import { z } from "zod";
import type { NodeStatus } from "./node-status.ts";

/** Times in nanoseconds since 1970. */
export interface NodeLoss {
  readonly node: string;
  readonly gaps: number;
  readonly lastGap: NodeStatus["lastGap"];
  /** Events that Hubble lost there, and messages not understood. */
  readonly lost: number;
  readonly rejected: number;
  /** When the relay said that it is no more; 0 = it did not. */
  readonly goneAt: bigint;
}

/** Every batch carries them; of more nodes the gone ones that were named first are forgotten. */
const KEPT_MOST = 1_000;

/** Of the nodes of which something is missing. */
export function lossesOf(nodes: readonly NodeStatus[]): readonly NodeLoss[] {
  const lossy = nodes.filter(({ gaps, lost, rejected }) => gaps + lost + rejected > 0);
  const kept = lossy.length > KEPT_MOST ? [...lossy.filter(isGone), ...lossy.filter((node) => !isGone(node))].slice(-KEPT_MOST) : lossy;
  return kept.map(({ name: node, gaps, lastGap, lost, rejected, goneAt }) => ({ node, gaps, lastGap, lost, rejected, goneAt }));
}

function isGone({ state }: NodeStatus): boolean {
  return state === "gone";
}

const count = z.number().int().min(0);
const time = z
  .string()
  .regex(/^\d{1,20}$/)
  .transform(BigInt);

/** As it is written down. */
export const lossSchema = z
  .object({ on: z.string(), gaps: count, gap: z.tuple([time, time]).optional(), lost: count, bad: count, gone: time.optional() })
  .transform(({ on, gaps, gap, lost, bad, gone }): NodeLoss => {
    return { node: on, gaps, lastGap: gap && { from: gap[0], to: gap[1] }, lost, rejected: bad, goneAt: gone ?? 0n };
  });

export function writeLoss({ node, gaps, lastGap, lost, rejected, goneAt }: NodeLoss): z.input<typeof lossSchema> {
  return {
    on: node,
    gaps,
    ...(lastGap && { gap: [`${lastGap.from}`, `${lastGap.to}`] }),
    lost,
    bad: rejected,
    ...(goneAt === 0n ? {} : { gone: `${goneAt}` }),
  };
}
