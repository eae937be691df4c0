/** Where reading of one agent's log stands, kept with the flows so that a restart of Weir neither loses nor repeats a line. */
import { createResumePoint, type ResumePoint } from "./resume-point.ts";

export interface AgentPlace {
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
  /** The last stream that brought a line: where reading stood when it was opened, and the stamp of its first line. */
  stream: { readonly point: string; readonly first: bigint } | undefined;
}

/** Of a container that was not read yet. */
export function newContainer(): Pick<AgentPlace, "point" | "fromStart" | "exported" | "configuredAt" | "stream"> {
  return { point: createResumePoint(), fromStart: false, exported: 0, configuredAt: 0n, stream: undefined };
}

export function createAgentPlace(text = ""): AgentPlace {
  const found = /^(\d{1,9})(f?)(s?) (\d{1,15}) (\d{1,20}) (.*)$/.exec(text);
  if (found === null) return { ...newContainer(), restarts: undefined, isFresh: false };
  return {
    point: createResumePoint(found[6]),
    restarts: Number(found[1]),
    isFresh: found[2] === "f",
    fromStart: found[3] === "s",
    exported: Number(found[4]),
    configuredAt: BigInt(found[5] ?? 0),
    stream: undefined,
  };
}

/** Empty = nothing was read yet. */
export function placeText({ point, restarts, isFresh, fromStart, exported, configuredAt }: AgentPlace): string {
  if (restarts === undefined) return "";
  return `${restarts}${isFresh ? "f" : ""}${fromStart ? "s" : ""} ${exported} ${configuredAt} ${point.text()}`;
}
