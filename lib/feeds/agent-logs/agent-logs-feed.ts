/** The agent-logs feed: the log of every Cilium agent of a cluster, followed through the Kubernetes API. */
import { performance } from "node:perf_hooks";
import type { FeedReport } from "#lib/questions/answer.ts";
import type { FlowFeed } from "../feed.ts";
import type { BatchLimits, LineDecoder } from "../ingest.ts";
import { createLiveBatches, createLiveSource, type LiveBatches, type LiveSource } from "../live-batches.ts";
import { pause } from "../pause.ts";
import { createRate } from "../rate.ts";
import { type AgentPlace, createAgentPlace, type Gap } from "./agent-place.ts";
import type { AgentPod } from "./agent-pod.ts";
import { type AgentStatus, createAgentStatus } from "./agent-status.ts";
import type { Cluster } from "./cluster.ts";
import { feedTrouble } from "./feed-trouble.ts";
import { followAgent } from "./follow-agent.ts";
import { type GoneAgent, type GoneAgents, goneAgent, goneReport, isAbout } from "./gone-agents.ts";
import { note } from "./note-line.ts";
import type { OpenedCluster } from "./open-cluster.ts";
import type { FollowParts, FollowTimes } from "./open-log.ts";
import { createOpeningGate } from "./opening-gate.ts";
import { type Places, readPlaces, writePlaces } from "./places.ts";
import { type WatchTrouble, watchPods } from "./pod-watch.ts";
import { countsOf, sourceReport } from "./source-report.ts";

export interface AgentLogsParts {
  readonly open: () => Promise<OpenedCluster>;
  readonly namespace: string;
  readonly selector: string;
  /** ISO instant: of a log that was never read before, only what is younger. */
  readonly begin: string | undefined;
  readonly decoder: LineDecoder;
  readonly times?: FollowTimes;
  readonly limits?: BatchLimits;
  readonly random?: () => number;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** Told of every gap when it is met. */
  readonly onGap?: (pod: Pick<AgentPod, "name" | "node">, gap: Gap) => void;
}

export const FOLLOW_TIMES: FollowTimes = {
  backOff: { firstMs: 500, mostMs: 30_000 },
  silenceMs: 60_000,
  cycleMs: 30 * 60_000,
  refusedMs: 30_000,
  shedMs: 20_000,
};
/** kubectl's own limit is 5 streams in all; API servers take more, but not hundreds at the same moment. */
const OPENING_MOST = 10;
const OPEN_AGAIN_MS = 15_000;
/** What a deleted pod still has to say comes within its grace period. */
const GONE_GRACE_MS = 60_000;

/** One agent that is followed. */
interface Followed {
  readonly status: AgentStatus;
  readonly place: AgentPlace;
  readonly stop: AbortController;
  readonly done: Promise<void>;
}

export interface AgentLogsFeed extends FlowFeed {
  /** Of every agent that is followed now. */
  statuses(): readonly AgentStatus[];
}

export function createAgentLogsFeed(parts: AgentLogsParts): AgentLogsFeed {
  const { times = FOLLOW_TIMES, random = Math.random, now: clock = Date.now } = parts;
  const name = `agent logs, ${parts.namespace}`;
  const followed = new Map<string, Followed>();
  const rate = createRate();
  let state: FeedReport["state"] = "waiting";
  let trouble = "";
  let watching: WatchTrouble | undefined;
  /** The API has answered, well or not: before that nothing is known of any agent. */
  let isListed = false;
  let flows = 0;
  let gone = { bytes: 0, flows: 0 };
  let missing: GoneAgents | undefined;

  const nanosecondsNow = (): bigint => BigInt(Math.trunc(clock())) * 1_000_000n;
  const goneSince = (from: bigint): GoneAgent[] => missing?.all.filter((agent) => isAbout(agent, from)) ?? [];
  const statuses = (): AgentStatus[] => [...followed.values()].map(({ status }) => status);

  const followCluster = async (
    cluster: Cluster,
    batches: LiveBatches,
    { agents: places, gone: goneAgents }: Places,
    signal: AbortSignal,
  ): Promise<void> => {
    const gate = createOpeningGate(OPENING_MOST);
    const begin = (pod: AgentPod): void => {
      const status = createAgentStatus(pod);
      const place = places.get(pod.uid) ?? createAgentPlace(pod);
      Object.assign(place, { node: pod.node, name: pod.name });
      places.set(pod.uid, place);
      const source = sourceOf(status, place);
      const stop = new AbortController();
      const until = AbortSignal.any([signal, stop.signal]);
      const done = followUntil(
        {
          cluster,
          namespace: parts.namespace,
          gate,
          times,
          random,
          now: clock,
          status,
          place,
          begin: parts.begin,
          onLine: (line, stamp) => batches.line(source, line, stamp),
          onMoved: batches.moved,
          onGap: (gap) => parts.onGap?.(pod, gap),
          room: batches.room,
          isFull: () => batches.isFull,
        },
        until,
      );
      followed.set(pod.uid, { status, place, stop, done });
      void done.then(() => leave(pod.uid));
    };
    const leave = (uid: string): void => {
      const one = followed.get(uid);
      if (one === undefined || signal.aborted) return;
      followed.delete(uid);
      places.delete(uid);
      goneAgents.add(goneAgent(one.status, one.place, nanosecondsNow()));
      gone = { bytes: gone.bytes + one.status.bytes, flows: gone.flows + one.status.flows };
      batches.moved();
    };
    /** The pod went while nobody looked: what it wrote since is lost. */
    const miss = (uid: string, place: AgentPlace): void => {
      places.delete(uid);
      const at = nanosecondsNow();
      if (place.point.last !== undefined) {
        place.gaps += 1;
        place.lastGap = { from: place.point.last, to: at, why: "deleted" };
        parts.onGap?.(place, place.lastGap);
      }
      goneAgents.add(goneAgent({ lost: 0, rejected: 0 }, place, at));
      batches.moved();
    };
    const sourceOf = (status: AgentStatus, place: AgentPlace): LiveSource =>
      createLiveSource(status.pod.node === "" ? status.pod.name : status.pod.node, (decoded, text, stamp) => {
        note(status, place, decoded, text.length, stamp);
        if (decoded.is === "flow") flows += 1;
      });
    const see = (pod: AgentPod): void => {
      const known = followed.get(pod.uid);
      if (known === undefined) begin(pod);
      else known.status.pod = pod;
    };
    await watchPods(
      {
        cluster,
        namespace: parts.namespace,
        selector: parts.selector,
        backOff: times.backOff,
        random,
        onPod: see,
        onAll: (pods) => {
          const present = new Set(pods.map(({ uid }) => uid));
          for (const [uid, place] of places) if (!present.has(uid) && !followed.has(uid)) miss(uid, place);
          for (const uid of followed.keys()) if (!present.has(uid)) end(uid);
          for (const pod of pods) see(pod);
        },
        onGone: (uid) => end(uid),
        onTrouble: (found) => {
          isListed = true;
          watching = found;
        },
      },
      signal,
    );
    await Promise.all([...followed.values()].map(({ done }) => done));
  };

  /** The stream ends by itself when the container does; a stream that does not is given up. */
  const end = (uid: string): void => {
    const one = followed.get(uid);
    if (one === undefined || one.status.state === "gone") return;
    one.status.state = "gone";
    void pause(GONE_GRACE_MS, one.stop.signal).then(() => one.stop.abort());
  };

  return {
    names: [name],
    isEndless: true,
    statuses,
    reports: (from = 0n) => {
      const all = statuses();
      rate.at(flows, performance.now());
      for (const one of all) one.rate.at(one.flows, performance.now());
      return [
        {
          name,
          kind: "agent-logs",
          state: state === "reading" ? (all.some((one) => one.state === "following") ? "following" : "waiting") : state,
          trouble: trouble === "" && isListed ? feedTrouble(all, watching, parts) : trouble,
          bytesRead: all.reduce((sum, { bytes }) => sum + bytes, gone.bytes),
          bytesTotal: 0,
          flowsPerSecond: Math.round(rate.perSecond()),
          secondsLeft: undefined,
          sources: countsOf([...followed.values()], goneSince(from), nanosecondsNow()),
        },
      ];
    },
    sources: (from = 0n) => {
      const now = nanosecondsNow();
      return [
        ...[...followed.values()].map(({ status, place }) => sourceReport(name, status, place, now)),
        ...goneSince(from).map((agent) => goneReport(name, agent)),
      ];
    },
    async run(sink, signal) {
      const failed = new AbortController();
      const until = AbortSignal.any([signal, failed.signal]);
      let opened = await parts.open();
      while (opened.problem !== undefined && !until.aborted) {
        state = "failed";
        trouble = opened.problem;
        await pause(OPEN_AGAIN_MS, until);
        opened = await parts.open();
      }
      if (opened.problem !== undefined) return;
      state = "reading";
      trouble = "";
      isListed = false;
      followed.clear();
      try {
        const feed = `agent-logs:${opened.server}:${parts.namespace}`;
        const position = await sink.position(feed);
        const places = readPlaces(position?.state);
        missing = places.gone;
        const batches = createLiveBatches({
          sink,
          feed,
          decoder: parts.decoder,
          state: () => writePlaces(places),
          linesBefore: position?.offset ?? 0,
          ...(parts.limits === undefined ? {} : { limits: parts.limits }),
          onStored: () => undefined,
          onFailed: (error) => {
            trouble = `Storing stopped: ${messageOf(error)}`;
            state = "failed";
            failed.abort();
          },
        });
        await followCluster(opened.cluster, batches, places, until);
        await batches.finish();
        if (signal.aborted) state = "stopped";
      } catch (error) {
        state = "failed";
        trouble = `Following stopped: ${messageOf(error)}`;
      }
    },
  };
}

/** A bug met in one log is that agent's trouble, and no other's. */
async function followUntil(parts: FollowParts, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      return await followAgent(parts, signal);
    } catch (error) {
      Object.assign(parts.status, { state: "retrying", trouble: messageOf(error) });
      await pause(parts.times.backOff.mostMs, signal);
    }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
