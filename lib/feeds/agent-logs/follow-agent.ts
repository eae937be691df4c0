/** Follows the log of one agent's container: opens it again after an end, an error, silence or a while, and reads each line once. */
import { performance } from "node:perf_hooks";
import type { Readable } from "node:stream";
import { pause } from "../pause.ts";
import { type AgentPlace, newContainer } from "./agent-place.ts";
import { AGENT_CONTAINER, readPod } from "./agent-pod.ts";
import { type AgentStatus, addGap } from "./agent-status.ts";
import { type BackOffLimits, createBackOff } from "./back-off.ts";
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
  readonly room: () => Promise<void>;
}

interface Reading {
  readonly point: ResumePoint;
  readonly isPrevious: boolean;
  readonly since: string | undefined;
}

type Read =
  | { readonly is: "read"; readonly end: StreamEnd }
  /** `status` 0 = no answer at all. */
  | { readonly is: "refused"; readonly status: number; readonly waitMs: number };

/** Clocks of the API server and of Weir may differ by so much before a stream is said to have hung. */
const HUNG_NS = 2_000_000_000n;
/** An agent says something at once; a log that begins later has lost its beginning. */
const FIRST_WORD_NS = 3_000_000_000n;

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
        addGap(status, { from: place.point.last, to: nanoseconds(parts.now()), why: "deleted" });
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
      const wait = await readPrevious(parts, place.restarts, leave, signal);
      // what comes next is the present container's, and that needs a fresh look
      return { waitMs: wait };
    }
    place.restarts = pod.restarts;
    const since = place.isFresh ? undefined : (place.point.since ?? parts.begin);
    const read = await readLog(parts, { point: place.point, isPrevious: false, since }, leave, signal);
    return { waitMs: read.is === "refused" ? read.waitMs : 0 };
  } finally {
    leave();
  }
}

/** The rest of the container before. Answers how long to wait until the next round, which tries again where this one failed. */
async function readPrevious(parts: FollowParts, restartsRead: number, leave: () => void, signal: AbortSignal): Promise<number> {
  const { status, place } = parts;
  const { pod } = status;
  const started = nanoseconds(pod.startedAt ?? parts.now());
  // the API keeps one container before the present one: of those between nothing is left, and the one that is left is new
  const isNext = pod.restarts === restartsRead + 1;
  const certain = place.stream === undefined ? place.point : createResumePoint(place.stream.point);
  let point = isNext ? place.point : createResumePoint();
  let isAhead = false;
  const linesBefore = status.lines;
  const isUnknown = (): boolean => !point.joined && status.lines === linesBefore;
  let read = await readLog(parts, { point, isPrevious: true, since: place.point.since ?? parts.begin }, leave, signal);
  if (isNext && isWhole(read) && isUnknown() && place.stream !== undefined) {
    // no line of it is known: the API told late of the restart, and the last stream was the new container's already
    isAhead = true;
    point = certain;
    read = await readLog(parts, { point, isPrevious: true, since: point.since ?? parts.begin }, leave, signal);
  }
  if (signal.aborted) return 0;
  const isGone = read.is === "refused" && (read.status === 400 || read.status === 404);
  if (!isGone && !isWhole(read)) return read.is === "refused" ? read.waitMs : 0;
  if (isGone || !isNext || (isUnknown() && certain.last !== undefined))
    addGap(status, { from: certain.last ?? 0n, to: started, why: "restarted" });
  if (!isAhead || isUnknown()) {
    Object.assign(place, newContainer());
    place.isFresh = true;
    status.rejectedAt = 0n;
  }
  place.restarts = pod.restarts;
  place.stream = undefined;
  parts.onMoved();
  return 0;
}

function isWhole(read: Read): boolean {
  return read.is === "read" && read.end === "whole";
}

function nanoseconds(ms: number): bigint {
  return BigInt(Math.trunc(ms)) * 1_000_000n;
}

/** What the API says of the pod now: a watch may be late, and restarts decide what is read. */
async function look(parts: FollowParts, signal: AbortSignal): Promise<"ok" | "gone" | { readonly waitMs: number }> {
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
async function readLog(parts: FollowParts, reading: Reading, leave: () => void, signal: AbortSignal): Promise<Read> {
  const { status } = parts;
  const { isPrevious, since } = reading;
  if (signal.aborted) return { is: "read", end: "cut" };
  const query = {
    container: AGENT_CONTAINER,
    timestamps: "true",
    ...(isPrevious ? { previous: "true" } : { follow: "true" }),
    ...(since === undefined ? {} : { sinceTime: since }),
  };
  const reply = await parts.cluster.get(`${podsPath(parts.namespace)}/${encodeURIComponent(status.pod.name)}/log`, query, signal);
  if (reply.is === "open") {
    if (!isPrevious) leave();
    return { is: "read", end: await readOpened(parts, reading, reply.body, signal) };
  }
  if (signal.aborted) return { is: "read", end: "cut" };
  return reply.is === "refused" ? refused(parts, reply) : { is: "refused", status: 0, ...retrying(status, reply.reason) };
}

async function readOpened(parts: FollowParts, reading: Reading, body: Readable, signal: AbortSignal): Promise<StreamEnd> {
  const { status, place, times, random } = parts;
  const { point, isPrevious } = reading;
  const openedAt = nanoseconds(parts.now());
  const lastBefore = point.last;
  const pointBefore = point.text();
  const wasSilent = status.lastEnd === "silent";
  let isFirst = true;
  const first = (stamp: bigint): void => {
    isFirst = false;
    if (lastBefore !== undefined && !point.joined) {
      place.fromStart = false;
      addGap(status, { from: lastBefore, to: stamp, why: "rotated" });
    }
    if (wasSilent && stamp + HUNG_NS < openedAt) status.hungAt = openedAt;
    if (isPrevious) return;
    const started = lastBefore === undefined && status.pod.startedAt !== undefined ? nanoseconds(status.pod.startedAt) : undefined;
    if (started !== undefined && stamp <= started + FIRST_WORD_NS) place.fromStart = true;
    else if (started !== undefined && place.isFresh) addGap(status, { from: started, to: stamp, why: "rotated" });
    place.isFresh = false;
    place.stream = { point: pointBefore, first: stamp };
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
        status.lines += 1;
        status.lastLine = stamp;
        status.arrivedAt = nanoseconds(parts.now());
        parts.onLine(line, stamp);
      },
      room: parts.room,
    },
    signal,
  );
  status.lastEnd = end;
  return end;
}

function retrying(status: AgentStatus, why: string): { readonly waitMs: number } {
  status.state = "retrying";
  status.trouble = why;
  return { waitMs: 0 };
}

function refused({ status, times }: FollowParts, reply: ClusterReply & { is: "refused" }): Read {
  const isRight = reply.status === 401 || reply.status === 403;
  status.refusedWith = reply.status;
  status.state = isRight ? "refused" : status.pod.waiting === "" ? "retrying" : "waiting";
  status.trouble = reply.reason;
  return { is: "refused", status: reply.status, waitMs: Math.max(reply.retryAfterMs, isRight ? times.refusedMs : 0) };
}
