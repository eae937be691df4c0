/** Asks a relay how it and its nodes are, before its stream is opened and again and again while it runs. */
import type { JsonValue } from "@bufbuild/protobuf";
import { z } from "zod";
import { pause } from "../pause.ts";
import type { Relay, RelayAnswer, RelayFailure } from "./relay.ts";
import { readRelayMessage } from "./relay-message.ts";
import type { RelayNodes } from "./relay-nodes.ts";
import type { RelayPlace } from "./relay-place.ts";
import { OLDEST_REQUEST } from "./relay-request.ts";
import type { RelayStatus } from "./relay-status.ts";
import type { Returns } from "./returns.ts";

interface Parts {
  readonly place: RelayPlace;
  readonly nodes: RelayNodes;
  readonly status: RelayStatus;
  readonly times: { readonly askEveryMs: number; readonly askWithinMs: number; readonly renewMs: number };
  readonly now: () => bigint;
  readonly onMoved: () => void;
}

const PERMISSION = 7;
const UNIMPLEMENTED = 12;
/** Questions without an answer, one after the other, before a stream counts as hung. */
const MISSES_MOST = 2;

const statusSchema = z.object({
  version: z.string().default(""),
  num_connected_nodes: z.number().optional(),
});

/** Undefined = the relay is there; what it says of its own state may be refused to us. */
export async function greet(parts: Parts, relay: Relay, signal: AbortSignal): Promise<RelayFailure | undefined> {
  const answer = await relay.ask("ServerStatus", parts.times.askWithinMs, signal);
  if (answer.failure !== undefined) return isRefusal(answer.failure) ? undefined : answer.failure;
  noteServer(parts.status, answer.value);
  return undefined;
}

export interface TendingEnd {
  /** The stream has to be ended. */
  readonly isOver: boolean;
  readonly failure?: RelayFailure;
}

/** Until the signal, or until the stream has to be opened again. */
export async function tend(parts: Parts, relay: Relay, returns: Returns, signal: AbortSignal): Promise<TendingEnd> {
  const { times, place, status } = parts;
  const { askEveryMs, askWithinMs } = times;
  const renewAfter = Math.max(1, Math.round(times.renewMs / askEveryMs));
  let misses = 0;
  let rounds = 0;
  while (!signal.aborted) {
    await listNodes(parts, relay, returns, signal);
    const answer = await relay.ask("ServerStatus", askWithinMs, signal);
    if (signal.aborted) break;
    misses = answer.failure === undefined || isRefusal(answer.failure) ? 0 : misses + 1;
    if (misses >= MISSES_MOST) return { isOver: true, failure: hung(answer) };
    if (misses === 0) {
      status.isOpen = true;
      place.aliveAt = parts.now();
      if (answer.failure === undefined) noteServer(status, answer.value);
      if (returns.isWanted && (await lookAtRings(parts, relay, returns, signal))) returns.looked();
      returns.settle();
      parts.onMoved();
    }
    rounds += 1;
    if (returns.hasFailed && rounds >= renewAfter) return { isOver: true };
    await pause(askEveryMs, signal);
  }
  return { isOver: false };
}

async function listNodes({ status, nodes, now, times }: Parts, relay: Relay, returns: Returns, signal: AbortSignal): Promise<void> {
  if (!status.canList) return;
  const answer = await relay.ask("GetNodes", times.askWithinMs, signal);
  if (answer.failure?.code === UNIMPLEMENTED) status.canList = false;
  if (answer.value === undefined) return;
  returns.changed(nodes.list(answer.value, now()) ?? []);
}

/** The oldest flow of every ring. False = it could not be told. */
async function lookAtRings({ nodes, times }: Parts, relay: Relay, returns: Returns, signal: AbortSignal): Promise<boolean> {
  const stream = relay.flows(OLDEST_REQUEST);
  const late = AbortSignal.any([signal, AbortSignal.timeout(times.askWithinMs)]);
  const cancel = (): void => stream.cancel();
  late.addEventListener("abort", cancel, { once: true });
  for await (const bytes of stream.messages) {
    const message = readRelayMessage(bytes);
    if (message.is !== "flow" || message.time === undefined) continue;
    const node = nodes.of(message.node);
    if (node !== undefined) returns.oldest(node, message.time);
  }
  late.removeEventListener("abort", cancel);
  return stream.failure() === undefined && !late.aborted;
}

function noteServer(status: RelayStatus, value: JsonValue): void {
  const read = statusSchema.safeParse(value).data;
  if (read === undefined) return;
  status.version = read.version;
  status.connected = read.num_connected_nodes;
}

function isRefusal({ code }: RelayFailure): boolean {
  return code === PERMISSION || code === UNIMPLEMENTED;
}

function hung({ failure }: RelayAnswer): RelayFailure {
  return { code: failure?.code ?? 0, details: `the stream was open and the relay answered nothing: ${failure?.details ?? ""}` };
}
