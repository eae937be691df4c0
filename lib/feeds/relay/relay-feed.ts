/** The relay feed: blocked egress of a whole cluster as Hubble Relay streams it. */
import { performance } from "node:perf_hooks";
import type { Decoded, Reject } from "#lib/decode/decoded.ts";
import type { FeedReport } from "#lib/questions/answer.ts";
import type { FlowFeed } from "../feed.ts";
import type { BatchLimits, LineDecoder } from "../ingest.ts";
import { createLiveBatches, createLiveSource, type LiveSource } from "../live-batches.ts";
import { createRate } from "../rate.ts";
import { followRelay, type RelayTimes } from "./follow-relay.ts";
import { lossesOf } from "./node-losses.ts";
import { countsOf, hearingOf, nodeReport } from "./node-report.ts";
import type { NodeStatus } from "./node-status.ts";
import type { OpenedRelay } from "./relay.ts";
import { createRelayNodes } from "./relay-nodes.ts";
import { readPlace, writePlace } from "./relay-place.ts";
import { createRelayStatus } from "./relay-status.ts";
import { failureWords, nodesTrouble } from "./relay-trouble.ts";

export interface RelayFeedParts {
  readonly address: string;
  readonly insecure: boolean;
  /** Whether a client certificate is given. */
  readonly hasCert: boolean;
  /** Never rejects. */
  readonly open: () => Promise<OpenedRelay>;
  readonly decoder: LineDecoder;
  readonly times?: RelayTimes;
  readonly limits?: BatchLimits;
  readonly random?: () => number;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

export const RELAY_TIMES: RelayTimes = {
  backOff: { firstMs: 500, mostMs: 30_000 },
  askEveryMs: 10_000,
  askWithinMs: 20_000,
  renewMs: 60_000,
};

/** A relay's state is asked for more often than this, so that a server does not take the pings for a nuisance (gRPC's own limit counts those between two answers). */
export const RELAY_KEEPALIVE = { keepaliveMs: 30_000, keepaliveTimeoutMs: 10_000 } as const;

/** Stands for a message that is no line. */
const NO_LINE = "\u0000";

export function createRelayFeed(parts: RelayFeedParts): FlowFeed {
  const { now: clock = Date.now } = parts;
  const name = `Hubble Relay, ${parts.address}`;
  const nodes = createRelayNodes();
  const status = createRelayStatus();
  const rate = createRate();
  let state: FeedReport["state"] = "waiting";
  let trouble = "";
  let flows = 0;

  const now = (): bigint => BigInt(Math.trunc(clock())) * 1_000_000n;
  /** All but those that were gone before. */
  const knownSince = (from: bigint): readonly NodeStatus[] =>
    nodes.all.filter(({ state: is, goneAt }) => is !== "gone" || goneAt === 0n || goneAt >= from);
  const troubleNow = (): string => {
    if (trouble !== "") return trouble;
    if (status.problem !== "") return status.problem;
    if (!status.isOpen) return status.failure === undefined ? "" : failureWords(status.failure, { ...parts, wasOpen: status.opened > 0 });
    const at = now();
    return nodesTrouble(nodes.all, status.connected, (node) => hearingOf(node, true, at) === "blind");
  };

  return {
    names: [name],
    isEndless: true,
    reports: (from = 0n) => {
      rate.at(flows, performance.now());
      for (const node of nodes.all) node.rate.at(node.flows, performance.now());
      return [
        {
          name,
          kind: "relay",
          state: state === "reading" ? (status.isOpen ? "following" : "waiting") : state,
          trouble: troubleNow(),
          bytesRead: status.bytes,
          bytesTotal: 0,
          flowsPerSecond: Math.round(rate.perSecond()),
          secondsLeft: undefined,
          sources: countsOf(knownSince(from), status.isOpen, now()),
        },
      ];
    },
    sources: (from = 0n) => {
      const at = now();
      return knownSince(from).map((node) => nodeReport({ feed: name, isOpen: status.isOpen, opened: status.opened }, node, at));
    },
    async run(sink, signal) {
      const failed = new AbortController();
      state = "reading";
      trouble = "";
      try {
        const feed = `relay:${parts.address}`;
        const position = await sink.position(feed);
        const place = readPlace(position?.state);
        nodes.restore(place.losses);
        let unreadable: Reject | undefined;
        const batches = createLiveBatches({
          sink,
          feed,
          decoder: {
            decode: (line, context) =>
              line === NO_LINE && unreadable !== undefined ? { is: "reject", reject: unreadable } : parts.decoder.decode(line, context),
          },
          state: () => writePlace({ ...place, losses: lossesOf(nodes.all) }),
          linesBefore: position?.offset ?? 0,
          ...(parts.limits === undefined ? {} : { limits: parts.limits }),
          onStored: () => undefined,
          onFailed: (error) => {
            trouble = `Storing stopped: ${messageOf(error)}`;
            state = "failed";
            failed.abort();
          },
        });
        const sources = new Map<NodeStatus | undefined, LiveSource>();
        const sourceOf = (node: NodeStatus | undefined): LiveSource => {
          const known = sources.get(node);
          if (known !== undefined) return known;
          const made = createLiveSource(node?.name ?? name, (decoded, _text, stamp) => {
            if (decoded.is === "flow") flows += 1;
            if (node !== undefined) note(node, decoded, stamp);
          });
          sources.set(node, made);
          return made;
        };
        await followRelay(
          {
            open: parts.open,
            place,
            nodes,
            status,
            times: parts.times ?? RELAY_TIMES,
            random: parts.random ?? Math.random,
            now,
            onLine: (line, node, time) => batches.line(sourceOf(node), line, time),
            onReject: (reject) => {
              unreadable = reject;
              batches.line(sourceOf(undefined), NO_LINE, now());
            },
            onMoved: batches.moved,
            room: batches.room,
          },
          AbortSignal.any([signal, failed.signal]),
        );
        await batches.finish();
        if (signal.aborted) state = "stopped";
      } catch (error) {
        state = "failed";
        trouble = `Following stopped: ${messageOf(error)}`;
      }
    },
  };
}

/** What one line adds to what is known about its node; `time` in nanoseconds since 1970. */
function note(node: NodeStatus, decoded: Decoded, time: bigint): void {
  node.lines += 1;
  if (time > node.lastLine) node.lastLine = time;
  switch (decoded.is) {
    case "flow":
      node.flows += 1;
      if (node.state === "gone") node.state = "unknown";
      if (decoded.flow.time > node.lastFlow) node.lastFlow = decoded.flow.time;
      if (decoded.flow.emitterVersion !== "") node.version = decoded.flow.emitterVersion;
      break;
    case "reject":
      node.rejected += 1;
      node.sample = decoded.reject.sample;
      break;
    case "notice":
      node.lost += decoded.notice.lost;
      break;
    case "agent":
      break;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
