/** Follows the log of one agent's container: opens it again after an end, an error, silence or a while, and reads each line once. */
import { performance } from "node:perf_hooks";
import { pause } from "../pause.ts";
import { createBackOff } from "./back-off.ts";
import { addGap, type FollowParts, look, nanoseconds, readLog } from "./open-log.ts";
import { readPrevious } from "./previous-container.ts";

/** Resolves when the signal says so or the pod is gone. Never rejects for what a cluster can do. */
export async function followAgent(parts: FollowParts, signal: AbortSignal): Promise<void> {
  const { status, place, times, random } = parts;
  const backOff = createBackOff(times.backOff, random);
  // many agents are found at once; they must not be opened in step
  await pause(times.backOff.firstMs * random(), signal);
  while (!signal.aborted) {
    const began = performance.now();
    const linesBefore = status.lines;
    const round = await readRound(parts, signal);
    if (signal.aborted) return;
    if (round === "gone") {
      if (status.lastEnd !== "whole" && place.point.last !== undefined)
        addGap(parts, { from: place.point.last, to: nanoseconds(parts.now()), why: "deleted" });
      status.state = "gone";
      return;
    }
    if (status.lines > linesBefore || performance.now() - began > times.backOff.mostMs) backOff.reset();
    await pause(backOff.next(round.waitMs), signal);
  }
}

/** Looks at the pod, reads what a container before left, follows the present one. */
async function readRound(parts: FollowParts, signal: AbortSignal): Promise<"gone" | { readonly waitMs: number }> {
  const { status, place } = parts;
  // one turn for looking and opening: what lies between them is time in which the container may restart
  const leave = await parts.gate.enter();
  try {
    if (signal.aborted) return { waitMs: 0 };
    const looked = await look(parts, signal);
    if (looked !== "ok") return looked;
    const { pod } = status;
    if (place.restarts !== undefined && pod.restarts > place.restarts) {
      // what comes next is the present container's, and that needs a fresh look
      return { waitMs: await readPrevious(parts, place.restarts, leave, signal) };
    }
    place.restarts = pod.restarts;
    const since = place.isFresh ? undefined : (place.point.since ?? parts.begin);
    const read = await readLog(parts, { point: place.point, isPrevious: false, since }, leave, signal);
    return { waitMs: read.is === "refused" ? read.waitMs : 0 };
  } finally {
    leave();
  }
}
