/** What it means that an agent's flows are heard, or are not: the one place where the kinds of silence are told apart. */
import type { Hearing } from "#lib/questions/source-report.ts";
import type { AgentPlace } from "./agent-place.ts";
import type { AgentStatus } from "./agent-status.ts";

const SECOND = 1_000_000_000n;
const MINUTE = 60n * SECOND;
/** A flow younger than this: it flows. */
const RECENT = 2n * MINUTE;
/** An agent repeats every 5 s that it cannot use its configuration. */
const STILL_REJECTED = MINUTE;
/** After a stream hung this is worth saying. */
const HUNG_FOR = 10n * MINUTE;
/** So far behind the clock, lines are still being caught up with. */
const LATE = MINUTE;
const ARRIVING = 5n * SECOND;
/** The agent's own lines must have gone on for so long before silence of the exporter means anything. */
const SILENT_FOR = MINUTE;
const MEGABYTE = 1_048_576;
/** `fileMaxSizeMb` of Cilium, where nobody chose another. */
const FILE_MAX = 10 * MEGABYTE;
/** A flow line is shorter than this: so much may be missing to a full file. */
const LINE_ROOM = 65_536;
/** So many flows before make it strange that none comes. */
const MANY_FLOWS = 100;
const STOPPED_AFTER = 15n * MINUTE;

/** `now` in nanoseconds since 1970. The first that is true, the more certain before the less certain. */
export function hearingOf(status: AgentStatus, place: AgentPlace, now: bigint): Hearing {
  const { lastFlow, lastLine } = status;
  if (status.state === "gone") return "gone";
  if (status.refusedWith === 403 || status.refusedWith === 401) return "forbidden";
  if (status.state === "waiting") return "waiting";
  if (status.state === "retrying") return "unreachable";
  if (status.rejectedAt !== 0n && status.rejectedAt > place.configuredAt && lastLine - status.rejectedAt < STILL_REJECTED)
    return "rejected";
  if (status.hungAt !== 0n && now - status.hungAt < HUNG_FOR) return "hung";
  if (now - status.arrivedAt < ARRIVING && status.arrivedAt - lastLine > LATE) return "late";
  if (lastFlow !== 0n && now - lastFlow < RECENT) return "flowing";
  if (isFull(place) && lastLine - lastFlow > SILENT_FOR) return "stdout-rotated";
  if (status.flows >= MANY_FLOWS && lastLine - lastFlow > STOPPED_AFTER) return "stopped";
  if (status.flows > 0) return "quiet";
  if (place.configuredAt !== 0n) return "never";
  return place.fromStart && status.lines > 0 ? "no-exporter" : "unknown";
}

/** The exporter of this container has written what a file holds before it is rotated, and not a line more. */
function isFull({ fromStart, exported }: AgentPlace): boolean {
  return fromStart && exported <= FILE_MAX && exported > FILE_MAX - LINE_ROOM;
}
