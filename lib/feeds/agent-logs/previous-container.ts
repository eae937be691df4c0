/** What is left of a container that was restarted: read to its end, or told as a gap, before the present container is read. */
import { type AgentPlace, newContainer } from "./agent-place.ts";
import { addGap, type FollowParts, isInPresent, nanoseconds, type Read, readLog } from "./open-log.ts";
import { createResumePoint } from "./resume-point.ts";

/** Status says whole seconds; the container before printed until the moment of the restart. */
const SECOND = 1_000_000_000n;

/**
 * Answers how long to wait until the next round, which goes on where this one failed; every step is in the place, so that a kill
 * between two of them repeats nothing.
 */
export async function readPrevious(parts: FollowParts, restartsRead: number, leave: () => void, signal: AbortSignal): Promise<number> {
  const { status, place } = parts;
  const { pod } = status;
  if (place.before !== undefined) {
    // the last stream may have been the present container's already, if the API told late of the restart
    const isAhead = await isInPresent(parts, place.point, signal);
    if (typeof isAhead !== "boolean") return waitAfter(isAhead);
    if (isAhead) {
      place.ahead = { point: place.point, restarts: pod.restarts };
      place.point = createResumePoint(place.before);
    }
    place.before = undefined;
    parts.onMoved();
  }
  const until = nanoseconds(pod.startedAt ?? parts.now()) + SECOND;
  // the API keeps one container before the present one: of those between nothing is left
  if (pod.restarts > restartsRead + 1) {
    addGap(parts, { from: place.point.last ?? 0n, to: until, why: "restarted" });
    const { ahead } = place;
    if (ahead !== undefined && ahead.restarts < pod.restarts) goAhead(place, ahead);
    else Object.assign(begin(place, pod.restarts - 1), { ahead });
    parts.onMoved();
    return 0;
  }
  const { point } = place;
  const linesBefore = status.lines;
  const since = point.since ?? (place.isFresh ? undefined : parts.begin);
  const read = await readLog(parts, { point, isPrevious: true, since }, leave, signal);
  if (signal.aborted) return 0;
  const isGone = read.is === "refused" && (read.status === 400 || read.status === 404);
  if (!isGone && !(read.is === "read" && read.end === "whole")) return waitAfter(read);
  const isUnknown = !point.joined && status.lines === linesBefore;
  if (isGone || (isUnknown && point.last !== undefined)) addGap(parts, { from: point.last ?? 0n, to: until, why: "restarted" });
  if (place.ahead === undefined) begin(place, pod.restarts);
  else goAhead(place, place.ahead);
  status.rejectedAt = 0n;
  parts.onMoved();
  return 0;
}

function begin(place: AgentPlace, restarts: number): AgentPlace {
  return Object.assign(place, newContainer(), { restarts, isFresh: true });
}

function goAhead(place: AgentPlace, { point, restarts }: NonNullable<AgentPlace["ahead"]>): void {
  Object.assign(place, newContainer(), { point, restarts, isFresh: false });
}

function waitAfter(read: Read): number {
  return read.is === "refused" ? read.waitMs : 0;
}
