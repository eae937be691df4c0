/** For tests of the agent-logs feed: a stand-in cluster, a feed that follows it impatiently, and ends for both. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach } from "vitest";
import { type AgentLogsFeed, createAgentLogsFeed } from "#lib/feeds/agent-logs/agent-logs-feed.ts";
import { type ClusterChoice, openCluster } from "#lib/feeds/agent-logs/open-cluster.ts";
import type { FollowTimes } from "#lib/feeds/agent-logs/open-log.ts";
import type { BatchLimits, LineDecoder } from "#lib/feeds/ingest.ts";
import type { FlowSink } from "#lib/flows/batch.ts";
import type { FeedReport } from "#lib/questions/answer.ts";
import { type KubernetesStandIn, type StandInOptions, startKubernetesStandIn } from "../../e2e/kubernetes-stand-in/kubernetes-stand-in.ts";
import type { RecordingSink } from "./recording-sink.ts";
import { stubDecode } from "./stub-decoder.ts";

const QUICK: FollowTimes = { backOff: { firstMs: 5, mostMs: 50 }, silenceMs: 60_000, cycleMs: 60_000, refusedMs: 30, shedMs: 20_000 };
const LIMITS: BatchLimits = { flows: 500, bytes: 1 << 20, ms: 10 };

const ended: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0).reverse()) await end();
});

export async function standIn(pods: number, options: Omit<StandInOptions, "pods"> = {}): Promise<KubernetesStandIn> {
  const started = await startKubernetesStandIn({ pods, ...options });
  ended.push(started.close);
  return started;
}

/** A directory of its own, removed at the end. */
export function directory(): string {
  const made = mkdtempSync(join(tmpdir(), "weir-agent-logs-"));
  ended.push(async () => rmSync(made, { recursive: true, force: true }));
  return made;
}

export interface Run {
  readonly feed: AgentLogsFeed;
  readonly report: () => FeedReport;
  stop(): Promise<void>;
}

export interface FollowOptions {
  readonly times?: Partial<FollowTimes>;
  readonly limits?: Partial<BatchLimits>;
  readonly decoder?: LineDecoder;
  readonly now?: () => number;
  /** By default the stand-in's own kubeconfig. */
  readonly choice?: Partial<ClusterChoice>;
}

export function follow(cluster: Pick<KubernetesStandIn, "kubeconfig">, sink: FlowSink, options: FollowOptions = {}): Run {
  const kubeconfig = join(directory(), "config");
  writeFileSync(kubeconfig, cluster.kubeconfig);
  const { decoder = { decode: stubDecode }, now } = options;
  const feed = createAgentLogsFeed({
    open: () => openCluster({ kubeconfig, context: undefined, ...options.choice }),
    namespace: "kube-system",
    selector: "k8s-app=cilium",
    begin: undefined,
    decoder,
    times: { ...QUICK, ...options.times },
    limits: { ...LIMITS, ...options.limits },
    ...(now === undefined ? {} : { now }),
  });
  const stopping = new AbortController();
  const done = feed.run(sink, stopping.signal);
  const stop = async (): Promise<void> => {
    stopping.abort();
    await done;
  };
  ended.push(stop);
  const report = (): FeedReport => {
    const [one] = feed.reports();
    if (one === undefined) throw new Error("one report");
    return one;
  };
  return { feed, report, stop };
}

export async function until(what: string, is: () => boolean): Promise<void> {
  for (let tries = 0; tries < 1_000; tries++) {
    if (is()) return;
    await wait(10);
  }
  throw new Error(`never came: ${what}`);
}

export const stored = (sink: RecordingSink, count: number): Promise<void> =>
  until(`${count} flows, there are ${sink.uuids().length}`, () => sink.uuids().length >= count);
