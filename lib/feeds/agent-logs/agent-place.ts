/** Where reading of one agent's log stands, kept with the flows so that a restart of Weir neither loses nor repeats a line. */
import { createResumePoint, type ResumePoint } from "./resume-point.ts";

export interface AgentPlace {
  point: ResumePoint;
  /** Restarts of the container whose log `point` is in; undefined = nothing was read yet. */
  restarts: number | undefined;
  /** Nothing of this container was read yet, though of one before it. */
  isFresh: boolean;
  /** The last stream that brought a line: where reading stood when it was opened, and the stamp of its first line. */
  stream: { readonly point: string; readonly first: bigint } | undefined;
}

export function createAgentPlace(text = ""): AgentPlace {
  const found = /^(\d{1,9})(f?) (.*)$/.exec(text);
  return {
    point: createResumePoint(found?.[3] ?? ""),
    restarts: found === null ? undefined : Number(found[1]),
    isFresh: found?.[2] === "f",
    stream: undefined,
  };
}

/** Empty = nothing was read yet. */
export function placeText({ point, restarts, isFresh }: AgentPlace): string {
  return restarts === undefined ? "" : `${restarts}${isFresh ? "f" : ""} ${point.text()}`;
}
