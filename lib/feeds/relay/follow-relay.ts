/** Follows a relay: opens its stream again after every end, and takes each flow once. */
import { performance } from "node:perf_hooks";
import type { Reject } from "#lib/decode/decoded.ts";
import { type BackOffLimits, createBackOff } from "../agent-logs/back-off.ts";
import { pause } from "../pause.ts";
import { createMetFlows, type MetFlows } from "./met-flows.ts";
import type { NodeStatus } from "./node-status.ts";
import type { OpenedRelay, Relay, RelayFailure } from "./relay.ts";
import { type ReadMessage, readRelayMessage } from "./relay-message.ts";
import type { RelayNodes } from "./relay-nodes.ts";
import { noteFlow, noteLost, type RelayPlace, sinceOf } from "./relay-place.ts";
import { followRequest } from "./relay-request.ts";
import type { RelayStatus } from "./relay-status.ts";
import { isTooBig } from "./relay-trouble.ts";
import { createReturns, type Returns } from "./returns.ts";
import { greet, tend } from "./tend-relay.ts";

export interface RelayTimes {
  readonly backOff: BackOffLimits;
  /** How often the relay is asked for its state and its nodes while it streams. */
  readonly askEveryMs: number;
  readonly askWithinMs: number;
  /** A node that failed in this stream comes back only in another one. */
  readonly renewMs: number;
}

export interface FollowParts {
  /** Never rejects. */
  readonly open: () => Promise<OpenedRelay>;
  readonly place: RelayPlace;
  readonly nodes: RelayNodes;
  readonly status: RelayStatus;
  readonly times: RelayTimes;
  readonly random: () => number;
  /** Nanoseconds since 1970. */
  readonly now: () => bigint;
  /** A message that was not met before, as a line; without a node where it names none. */
  readonly onLine: (line: string, node: NodeStatus | undefined, time: bigint) => void;
  readonly onReject: (reject: Reject) => void;
  /** Where reading stands has changed without a line. */
  readonly onMoved: () => void;
  readonly room: () => Promise<void>;
}

const FIRST_SKIP = 250_000_000n;

/** Resolves when the signal says so. Never rejects for what a relay can do. */
export async function followRelay(parts: FollowParts, signal: AbortSignal): Promise<void> {
  const { status, times, place } = parts;
  const backOff = createBackOff(times.backOff, parts.random);
  const met = createMetFlows([...place.told, ...place.nameless.map(({ id }) => id)]);
  const returns = createReturns(parts);
  let skip = 0n;
  while (!signal.aborted) {
    const began = performance.now();
    const bytesBefore = status.bytes;
    const opened = await parts.open();
    status.problem = opened.problem ?? "";
    if (opened.relay !== undefined) {
      status.failure = await readRound(parts, opened.relay, { met, returns, skip }, signal);
      status.isOpen = false;
      opened.relay.close();
    }
    if (signal.aborted) return;
    const came = status.bytes > bytesBefore;
    if (came || performance.now() - began > times.backOff.mostMs) backOff.reset();
    // the same place brings the same message: a little later is asked from, and ever more until something comes
    const tooBig = status.failure !== undefined && isTooBig(status.failure);
    skip = tooBig ? (skip === 0n || came ? FIRST_SKIP : skip * 2n) : 0n;
    if (tooBig) parts.onReject(tooBigReject(skip));
    await pause(backOff.next(), signal);
  }
}

function tooBigReject(skip: bigint): Reject {
  const seconds = Number(skip) / 1e9;
  return {
    reason: "too-long",
    detail: `a message of more than 16 MB ended the stream; what came within ${seconds} s behind it may be missing`,
    sample: "",
  };
}

interface Round {
  readonly met: MetFlows;
  readonly returns: Returns;
  /** Nanoseconds to leave out behind the newest flow; 0 = none. */
  readonly skip: bigint;
}

/** One connection, from its greeting to its end; answers how it failed. */
async function readRound(parts: FollowParts, relay: Relay, round: Round, signal: AbortSignal): Promise<RelayFailure | undefined> {
  const { status, place } = parts;
  const refused = await greet(parts, relay, signal);
  if (refused !== undefined || signal.aborted) return refused;
  round.returns.begin();
  const since = round.skip === 0n ? sinceOf(place) : place.newest + round.skip;
  const stream = relay.flows(followRequest(since));
  const over = new AbortController();
  const cancel = (): void => stream.cancel();
  signal.addEventListener("abort", cancel, { once: true });
  let wasSilent: RelayFailure | undefined;
  const tending = tend(parts, relay, round.returns, AbortSignal.any([signal, over.signal])).then((end) => {
    wasSilent = end.failure;
    if (end.isOver) stream.cancel();
  });
  status.opened += 1;
  for await (const bytes of stream.messages) {
    status.isOpen = true;
    status.bytes += bytes.length;
    place.aliveAt = parts.now();
    take(parts, round, readRelayMessage(bytes), bytes.length);
    await parts.room();
    if (signal.aborted) break;
  }
  stream.cancel();
  over.abort();
  await tending;
  signal.removeEventListener("abort", cancel);
  return wasSilent ?? stream.failure();
}

function take(
  { place, nodes, status, now, onLine, onReject }: FollowParts,
  { met, returns }: Round,
  message: ReadMessage,
  bytes: number,
): void {
  if (message.is === "unreadable") {
    onReject(message.reject);
    return;
  }
  const node = nodes.of(message.node);
  if (message.is === "flow" || message.is === "lost") {
    if (!met.add(message.id)) {
      status.repeated += 1;
      if (node !== undefined) node.repeated += 1;
      return;
    }
    if (message.is === "flow") noteFlow(place, message, now());
    else noteLost(place, message.id);
  }
  if (message.nodes !== undefined) returns.changed(nodes.tell(message.nodes, now()));
  if (message.nodes?.state === "NODE_ERROR") returns.failed();
  if (node !== undefined) node.bytes += bytes;
  onLine(message.line, node, message.time ?? now());
}
