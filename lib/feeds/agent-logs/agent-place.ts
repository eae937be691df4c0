/** Where reading of one agent's log stands, kept with the flows so that a restart of Weir neither loses nor repeats a line. */
import { z } from "zod";
import type { AgentPod } from "./agent-pod.ts";
import { createResumePoint, type ResumePoint } from "./resume-point.ts";

export interface AgentPlace {
  /** Whose log it is: the pod may be gone when it is read again. */
  node: string;
  name: string;
  point: ResumePoint;
  /** Restarts of the container whose log `point` is in; undefined = nothing was read yet. */
  restarts: number | undefined;
  /** Nothing of this container was read yet, though of one before it. */
  isFresh: boolean;
  /** The container's log was read from its first line on, without a gap. */
  fromStart: boolean;
  /** Bytes that the exporter of this container has printed. */
  exported: number;
  /** When the agent last said that it configures an exporter, in nanoseconds since 1970; 0 = it has not. */
  configuredAt: bigint;
  /**
   * The point's text before the last stream that shared no line with it: the API may tell late of a restart, and then `point` is in the log of the
   * container after `restarts`. Undefined = `point` is where it says.
   */
  before: string | undefined;
  /** A later container was read so far already, while `point` still reads what is left of the one before. */
  ahead: { readonly point: ResumePoint; readonly restarts: number } | undefined;
  /** How often lines may be missing, and the last time; survives restarts of Weir as what is missing does. */
  gaps: number;
  lastGap: Gap | undefined;
  /** Lines left out because the store could not follow. */
  shed: number;
}

/** Between the last line read and the first one after it something may be missing; nanoseconds since 1970. */
export interface Gap {
  readonly from: bigint;
  readonly to: bigint;
  readonly why: GapCause;
}

const GAP_CAUSES = ["rotated", "restarted", "deleted"] as const;
export type GapCause = (typeof GAP_CAUSES)[number];

/** Of a container that was not read yet. */
export function newContainer(): Pick<AgentPlace, "point" | "fromStart" | "exported" | "configuredAt" | "before" | "ahead"> {
  return { point: createResumePoint(), fromStart: false, exported: 0, configuredAt: 0n, before: undefined, ahead: undefined };
}

export function createAgentPlace({ node, name }: Pick<AgentPod, "node" | "name">): AgentPlace {
  return { node, name, ...newContainer(), restarts: undefined, isFresh: false, gaps: 0, lastGap: undefined, shed: 0 };
}

const count = z.number().int().min(0);
const time = z
  .string()
  .regex(/^\d{1,20}$/)
  .transform(BigInt);
export const gapSchema = z.object({ from: time, to: time, why: z.enum(GAP_CAUSES) });

export function writeGap({ from, to, why }: Gap): z.input<typeof gapSchema> {
  return { from: String(from), to: String(to), why };
}

/** As it is written down; short names, because every batch carries one for each agent. */
const placeSchema = z.object({
  r: count,
  p: z.string(),
  fresh: z.boolean().optional(),
  start: z.boolean().optional(),
  bytes: count,
  conf: time,
  before: z.string().optional(),
  ahead: z.object({ r: count, p: z.string() }).optional(),
  gaps: count.optional(),
  shed: count.optional(),
  gap: gapSchema.optional(),
  on: z.string().default(""),
  n: z.string().default(""),
});

/** What `writePlace` gave; undefined = it is something else. */
export function readPlace(value: unknown): AgentPlace | undefined {
  const read = placeSchema.safeParse(value).data;
  return (
    read && {
      node: read.on,
      name: read.n,
      point: createResumePoint(read.p),
      restarts: read.r,
      isFresh: read.fresh ?? false,
      fromStart: read.start ?? false,
      exported: read.bytes,
      configuredAt: read.conf,
      before: read.before,
      ahead: read.ahead && { point: createResumePoint(read.ahead.p), restarts: read.ahead.r },
      gaps: read.gaps ?? 0,
      lastGap: read.gap,
      shed: read.shed ?? 0,
    }
  );
}

/** Undefined = nothing was read yet. */
export function writePlace(place: AgentPlace): z.input<typeof placeSchema> | undefined {
  const { restarts, before, ahead, lastGap } = place;
  if (restarts === undefined) return undefined;
  return {
    r: restarts,
    p: place.point.text(),
    ...(place.isFresh ? { fresh: true } : {}),
    ...(place.fromStart ? { start: true } : {}),
    bytes: place.exported,
    conf: String(place.configuredAt),
    ...(before === undefined ? {} : { before }),
    ...(ahead === undefined ? {} : { ahead: { r: ahead.restarts, p: ahead.point.text() } }),
    ...(place.gaps === 0 ? {} : { gaps: place.gaps }),
    ...(place.shed === 0 ? {} : { shed: place.shed }),
    ...(lastGap === undefined ? {} : { gap: writeGap(lastGap) }),
    on: place.node,
    n: place.name,
  };
}
