/** Agents print, streams break, files rotate, containers restart and Weir is killed; then every line printed is looked for. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Instance } from "../../e2e/kubernetes-stand-in/container-log.ts";
import { type KubernetesStandIn, startKubernetesStandIn } from "../../e2e/kubernetes-stand-in/kubernetes-stand-in.ts";
import type { StandInPod } from "../../e2e/kubernetes-stand-in/stand-in-pod.ts";
import { createRandom, type Random } from "../bench/random.ts";
import { createFollower, type Follower, type ToldGap } from "./follower.ts";
import { memoryGrowth } from "./memory-growth.ts";
import { soakLine, WITHOUT_UUID } from "./soak-lines.ts";
import { storedNumbers } from "./stored-numbers.ts";

export interface SoakSize {
  readonly agents: number;
  readonly linesPerSecond: number;
  readonly seconds: number;
  readonly kills: number;
  readonly seed: number;
}

export interface SoakResult {
  readonly emitted: number;
  readonly stored: number;
  /** Not stored, and no gap was told of: must be none. */
  readonly lostUnseen: number;
  /** Not stored, where a gap was told of. */
  readonly lostTold: number;
  /** Not stored, and the API would still give it: must be none. */
  readonly lostThoughThere: number;
  /** Rows that are in the store twice: must be none. */
  readonly storedTwice: number;
  /** Lines that the feed handed on twice and only the store recognised: must be none. */
  readonly duplicates: number;
  readonly gaps: number;
  readonly kills: number;
  /** Megabytes. */
  readonly memoryMost: number;
  /** Of the longest life: the end of it against its second quarter, 1 = flat; 0 = too short to say. */
  readonly memoryGrowth: number;
  /** Of the follower, all its lives together. */
  readonly processorSeconds: number;
}

const STEP_MS = 50;
const TRIES = 1_200;

interface Emitted {
  readonly pod: StandInPod;
  readonly instance: Instance;
  /** Among the instance's lines. */
  readonly index: number;
  readonly stamp: bigint;
}

export async function runSoak(size: SoakSize, onStep: (text: string) => void = () => undefined): Promise<SoakResult> {
  const folder = mkdtempSync(join(tmpdir(), "weir-soak-"));
  const cluster = await startKubernetesStandIn({ pods: size.agents });
  const directory = join(folder, "data");
  mkdirSync(directory);
  const kubeconfig = join(folder, "kubeconfig");
  writeFileSync(kubeconfig, cluster.kubeconfig);
  const follower = createFollower(kubeconfig, directory);
  try {
    follower.begin();
    await until(() => cluster.streams.open === size.agents, "the follower never began");
    const emitted = await printAndBreak(size, cluster, follower, onStep);
    cluster.faults.silentAfterRotation = false;
    cluster.faults.tooMany = 0;
    cluster.faults.chunkBytes = 0;
    cluster.cut();
    await quiet(cluster, follower);
    await follower.end("SIGTERM");
    const { numbers, twice } = await storedNumbers(directory);
    const missing = [...emitted.entries()].filter(([number]) => !numbers.has(number));
    const unseen = missing.filter(([, line]) => !follower.gaps.some((gap) => isIn(gap, line)));
    for (const [number, { pod, stamp }] of unseen.slice(0, 5)) onStep(`unseen: line ${number} of ${pod.name}, printed at ${stamp}`);
    return {
      emitted: emitted.length,
      stored: numbers.size,
      lostUnseen: unseen.length,
      lostTold: missing.length - unseen.length,
      lostThoughThere: missing.filter(([, line]) => isThere(line)).length,
      storedTwice: twice,
      duplicates: follower.duplicates,
      gaps: follower.gaps.length,
      kills: size.kills,
      memoryMost: Math.round(Math.max(0, ...follower.memory.flat()) / 1e6),
      memoryGrowth: memoryGrowth(follower.memory),
      processorSeconds: follower.processorSeconds,
    };
  } finally {
    await follower.end("SIGKILL");
    await cluster.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function printAndBreak(
  size: SoakSize,
  cluster: KubernetesStandIn,
  follower: Follower,
  onStep: (text: string) => void,
): Promise<readonly Emitted[]> {
  const random = createRandom(size.seed);
  const emitted: Emitted[] = [];
  const steps = Math.ceil((size.seconds * 1000) / STEP_MS);
  const began = performance.now();
  let kills = 0;
  let due = 0;
  for (let step = 0; step < steps; step++) {
    due += (size.linesPerSecond * STEP_MS) / 1000;
    for (; due >= 1; due--) emit(cluster, random, emitted);
    disturb(cluster, random);
    if (kills < size.kills && step > ((kills + 1) * steps) / (size.kills + 1)) {
      kills += 1;
      await follower.end("SIGKILL");
      onStep(`kill ${kills} of ${size.kills}, ${emitted.length} lines so far`);
      follower.begin();
    }
    await wait(Math.max(0, began + (step + 1) * STEP_MS - performance.now()));
  }
  return emitted;
}

function isIn(gap: ToldGap, { pod, stamp }: Emitted): boolean {
  return gap.pod === pod.name && gap.from <= stamp && stamp <= gap.to;
}

function emit(cluster: KubernetesStandIn, random: Random, emitted: Emitted[]): void {
  const pod = cluster.pods[random.below(cluster.pods.length)];
  if (pod === undefined) return;
  const number = emitted.length;
  const instance = pod.log.current;
  pod.log.emit(soakLine(number, pod.node, Date.now(), number % WITHOUT_UUID !== 0));
  emitted.push({ pod, instance, index: instance.lines.length - 1, stamp: instance.lines.at(-1)?.stamp ?? 0n });
}

/** In the newest file of the running container or of the one before. */
function isThere({ pod, instance, index }: Emitted): boolean {
  return pod.log.instances.slice(-2).includes(instance) && index >= instance.file;
}

/** About every second something happens to some agent. */
function disturb(cluster: KubernetesStandIn, random: Random): void {
  const pod = cluster.pods[random.below(cluster.pods.length)];
  if (pod === undefined) return;
  const dice = random.below(400);
  if (dice < 12) cluster.cut(pod);
  else if (dice === 12) cluster.cut();
  else if (dice < 17) pod.log.rotate();
  else if (dice < 20) {
    pod.log.restart();
    cluster.touch(pod);
  } else if (dice < 22) cluster.faults.tooMany = 3;
  else if (dice === 22) cluster.faults.silentAfterRotation = !cluster.faults.silentAfterRotation;
  else if (dice === 23) cluster.faults.chunkBytes = cluster.faults.chunkBytes === 0 ? 1_000 : 0;
}

/** Until the last line that the API still has of every pod was read. */
function quiet(cluster: KubernetesStandIn, follower: Follower): Promise<void> {
  const isRead = ({ name, log: { current } }: StandInPod): boolean => {
    const last = current.lines.length > current.file ? current.lines.at(-1) : undefined;
    return last === undefined || (follower.read.get(name) ?? 0n) >= last.stamp;
  };
  return until(() => cluster.pods.every(isRead), "the follower never caught up");
}

async function until(is: () => boolean, otherwise: string): Promise<void> {
  for (let tries = 0; tries < TRIES && !is(); tries++) await wait(100);
  if (!is()) throw new Error(otherwise);
}
