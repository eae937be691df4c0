/** Opens the log of one agent's container and reads it to the end of the stream; looks at the pod, and tells what stands in the way. */
import type { Readable } from "node:stream";
import type { AgentPlace, Gap } from "./agent-place.ts";
import { AGENT_CONTAINER, readPod } from "./agent-pod.ts";
import type { AgentStatus } from "./agent-status.ts";
import type { BackOffLimits } from "./back-off.ts";
import { type Cluster, type ClusterReply, readJson } from "./cluster.ts";
import { readLogStream, type StreamEnd } from "./log-stream.ts";
import type { OpeningGate } from "./opening-gate.ts";
import { podsPath } from "./pod-watch.ts";
import { createResumePoint, type ResumePoint } from "./resume-point.ts";

export interface FollowTimes {
  readonly backOff: BackOffLimits;
  /** A stream without a byte for so long is opened again: after a rotation some kubelets follow a file nobody writes to. */
  readonly silenceMs: number;
  /** Every stream is opened again after this. */
  readonly cycleMs: number;
  /** After a refusal that only a person can mend. */
  readonly refusedMs: number;
  /** How much further than at its beginning a stream may fall behind a slow store before lines are left out. */
  readonly shedMs: number;
}

export interface FollowParts {
  readonly cluster: Cluster;
  readonly namespace: string;
  readonly gate: OpeningGate;
  readonly times: FollowTimes;
  readonly random: () => number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly status: AgentStatus;
  readonly place: AgentPlace;
  /** ISO instant to begin at where nothing was read before; undefined = with the oldest line there is. */
  readonly begin: string | undefined;
  /** A line, without its stamp, in nanoseconds since 1970. */
  readonly onLine: (line: string, stamp: bigint) => void;
  /** Where reading stands has changed without a line. */
  readonly onMoved: () => void;
  readonly onGap: (gap: Gap) => void;
  readonly room: () => Promise<void>;
  /** The store is behind, and `room` would wait. */
  readonly isFull: () => boolean;
}

export interface Reading {
  readonly point: ResumePoint;
  readonly isPrevious: boolean;
  readonly since: string | undefined;
}

export type Read =
  | { readonly is: "read"; readonly end: StreamEnd }
  /** `status` 0 = no answer at all. */
  | { readonly is: "refused"; readonly status: number; readonly waitMs: number };

/** Clocks of the API server and of Weir may differ by so much before a stream is said to have hung. */
const HUNG_NS = 2_000_000_000n;
/** An agent says something at once; a log that begins later has lost its beginning. */
const FIRST_WORD_NS = 3_000_000_000n;

export function nanoseconds(ms: number): bigint {
  return BigInt(Math.trunc(ms)) * 1_000_000n;
}

export function addGap({ place, onGap }: FollowParts, gap: Gap): void {
  place.gaps += 1;
  place.lastGap = gap;
  onGap(gap);
}

/** What the API says of the pod now: a watch may be late, and restarts decide what is read. */
export async function look(parts: FollowParts, signal: AbortSignal): Promise<"ok" | "gone" | { readonly waitMs: number }> {
  const { status } = parts;
  const reply = await parts.cluster.get(`${podsPath(parts.namespace)}/${encodeURIComponent(status.pod.name)}`, {}, signal);
  if (signal.aborted) return { waitMs: 0 };
  if (reply.is === "open") {
    const read = await readJson(reply.body);
    const found = "problem" in read ? undefined : readPod(read.value);
    if (found?.is !== "agent") return retrying(status, "problem" in read ? read.problem : "the answer is no pod");
    if (found.pod.uid !== status.pod.uid) return "gone";
    status.pod = found.pod;
    return "ok";
  }
  if (reply.is === "refused" && reply.status === 404) return "gone";
  // without the right to get a pod, what the list and the watch tell has to do
  if (reply.is === "refused" && reply.status === 403) return "ok";
  return { waitMs: Math.max(reply.is === "refused" ? reply.retryAfterMs : 0, retrying(status, reply.reason).waitMs) };
}

/** `leave`: called when the stream is open. */
export async function readLog(parts: FollowParts, reading: Reading, leave: () => void, signal: AbortSignal): Promise<Read> {
  const { status } = parts;
  const { isPrevious } = reading;
  if (signal.aborted) return CUT;
  const { restarts } = status.pod;
  const reply = await askForLog(parts, isPrevious ? { previous: "true" } : { follow: "true" }, reading.since, signal);
  if (reply.is === "open") {
    if (!isPrevious) leave();
    // "previous" means another container as soon as the present one dies
    else if ((await look(parts, signal)) !== "ok" || status.pod.restarts !== restarts) {
      reply.body.destroy();
      return CUT;
    }
    return { is: "read", end: await readOpened(parts, reading, reply.body, signal) };
  }
  return signal.aborted ? CUT : refused(parts, reply);
}

/** Whether the present container's log has the lines that the point knows; else why nobody can tell now. */
export async function isInPresent(parts: FollowParts, known: ResumePoint, signal: AbortSignal): Promise<boolean | Read> {
  const reply = await askForLog(parts, {}, known.since, signal);
  if (reply.is !== "open") return signal.aborted ? CUT : refused(parts, reply);
  const point = createResumePoint(known.text());
  point.again();
  const found = new AbortController();
  const end = await readLogStream(
    {
      body: reply.body,
      point,
      isEnded: false,
      silenceMs: parts.times.silenceMs,
      lastsMs: parts.times.cycleMs,
      onBytes: () => undefined,
      onLine: () => undefined,
      onRepeated: () => {
        if (point.joined) found.abort();
      },
      room: () => Promise.resolve(),
    },
    AbortSignal.any([signal, found.signal]),
  );
  return point.joined || (end === "whole" ? false : CUT);
}

const CUT: Read = { is: "read", end: "cut" };

function askForLog(
  { cluster, namespace, status }: FollowParts,
  what: Readonly<Record<string, string>>,
  since: string | undefined,
  signal: AbortSignal,
): Promise<ClusterReply> {
  const query = { container: AGENT_CONTAINER, timestamps: "true", ...what, ...(since === undefined ? {} : { sinceTime: since }) };
  return cluster.get(`${podsPath(namespace)}/${encodeURIComponent(status.pod.name)}/log`, query, signal);
}

async function readOpened(parts: FollowParts, reading: Reading, body: Readable, signal: AbortSignal): Promise<StreamEnd> {
  const { status, place, times, random } = parts;
  const { point, isPrevious } = reading;
  const openedAt = nanoseconds(parts.now());
  const lastBefore = point.last;
  const pointBefore = point.text();
  const wasSilent = status.lastEnd === "silent";
  const mustShed = createShedding(BigInt(times.shedMs) * 1_000_000n);
  let wasFull = false;
  let isFirst = true;
  const first = (stamp: bigint): void => {
    isFirst = false;
    if (lastBefore !== undefined && !point.joined) {
      place.fromStart = false;
      addGap(parts, { from: lastBefore, to: stamp, why: "rotated" });
    }
    if (wasSilent && stamp + HUNG_NS < openedAt) status.hungAt = openedAt;
    if (isPrevious) return;
    if (!point.joined) place.before = pointBefore;
    const started = lastBefore === undefined && status.pod.startedAt !== undefined ? nanoseconds(status.pod.startedAt) : undefined;
    if (started !== undefined && stamp <= started + FIRST_WORD_NS) place.fromStart = true;
    else if (started !== undefined && place.isFresh) addGap(parts, { from: started, to: stamp, why: "rotated" });
    place.isFresh = false;
  };
  status.state = "following";
  status.trouble = "";
  status.refusedWith = 0;
  status.opened += 1;
  point.again();
  const spread = 0.8 + random() * 0.4;
  const end = await readLogStream(
    {
      body,
      point,
      isEnded: isPrevious,
      silenceMs: times.silenceMs * spread,
      lastsMs: times.cycleMs * spread,
      onBytes: (count) => {
        status.bytes += count;
      },
      onRepeated: () => {
        status.repeated += 1;
      },
      onLine: (line, stamp) => {
        if (isFirst) first(stamp);
        const now = nanoseconds(parts.now());
        status.lines += 1;
        status.lastLine = stamp;
        status.arrivedAt = now;
        if (!mustShed(now - stamp, wasFull)) return parts.onLine(line, stamp);
        place.shed += 1;
        place.fromStart = false;
        parts.onMoved();
      },
      room: () => {
        wasFull = parts.isFull();
        return parts.room();
      },
    },
    signal,
  );
  status.lastEnd = end;
  return end;
}

/**
 * Whether a line has to be left out: the store is full and this stream falls further and further behind. The kubelet keeps a few files
 * only, so that waiting longer would lose lines where nobody can count them. What was late from the beginning is being caught up with.
 */
function createShedding(most: bigint): (lag: bigint, isFull: boolean) => boolean {
  let least: bigint | undefined;
  return (lag, isFull) => {
    if (least === undefined || lag < least) least = lag;
    return isFull && lag > least + most;
  };
}

function retrying(status: AgentStatus, why: string): { readonly waitMs: number } {
  status.state = "retrying";
  status.trouble = why;
  return { waitMs: 0 };
}

function refused({ status, times }: FollowParts, reply: Exclude<ClusterReply, { is: "open" }>): Read {
  if (reply.is === "unreachable") return { is: "refused", status: 0, ...retrying(status, reply.reason) };
  const isRight = reply.status === 401 || reply.status === 403;
  status.refusedWith = reply.status;
  status.state = isRight ? "refused" : status.pod.waiting === "" ? "retrying" : "waiting";
  status.trouble = reply.reason;
  return { is: "refused", status: reply.status, waitMs: Math.max(reply.retryAfterMs, isRight ? times.refusedMs : 0) };
}
