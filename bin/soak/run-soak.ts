/** Agents print, streams break, files rotate, containers restart and Weir is killed; then every line printed is looked for. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { type KubernetesStandIn, startKubernetesStandIn } from "../../e2e/kubernetes-stand-in/kubernetes-stand-in.ts";
import { createRandom, type Random } from "../bench/random.ts";
import { soakLine, soakUuid } from "./soak-lines.ts";
import { storedUuids } from "./stored-uuids.ts";

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
  /** Lines that the feed handed on twice and only the store recognised. */
  readonly duplicates: number;
  readonly gaps: number;
  readonly kills: number;
  readonly rssMost: number;
  /** Processor seconds of the follower, all its lives together. */
  readonly processorSeconds: number;
}

const FOLLOWER = fileURLToPath(new URL("follow-until-killed.ts", import.meta.url));
const STEP_MS = 50;

const toldSchema = z.object({
  gap: z.object({ pod: z.string(), from: z.string(), to: z.string() }).optional(),
  rss: z.number().optional(),
  processor: z.number().optional(),
  lines: z.object({ duplicates: z.number() }).optional(),
});

interface Emitted {
  readonly pod: string;
  readonly stamp: bigint;
}

export async function runSoak(size: SoakSize, onStep: (text: string) => void = () => undefined): Promise<SoakResult> {
  const folder = mkdtempSync(join(tmpdir(), "weir-soak-"));
  const cluster = await startKubernetesStandIn({ pods: size.agents });
  const directory = join(folder, "data");
  mkdirSync(directory);
  const kubeconfig = join(folder, "kubeconfig");
  writeFileSync(kubeconfig, cluster.kubeconfig);
  const random = createRandom(size.seed);
  const emitted: Emitted[] = [];
  const told = { gaps: [] as { pod: string; from: bigint; to: bigint }[], rss: 0, processor: 0, duplicates: 0 };
  let life = 0;
  const begin = (): ChildProcess => {
    const child = spawn(process.execPath, [FOLLOWER, kubeconfig, directory], { stdio: ["ignore", "pipe", "inherit"] });
    life = 0;
    if (child.stdout === null) throw new Error("the follower's output is a pipe");
    createInterface({ input: child.stdout }).on("line", (line) => {
      const read = toldSchema.parse(JSON.parse(line));
      if (read.gap) told.gaps.push({ pod: read.gap.pod, from: BigInt(read.gap.from), to: BigInt(read.gap.to) });
      told.rss = Math.max(told.rss, read.rss ?? 0);
      told.processor += (read.processor ?? life) - life;
      life = read.processor ?? life;
      told.duplicates = read.lines?.duplicates ?? told.duplicates;
    });
    return child;
  };
  try {
    let child = begin();
    await followed(cluster, size.agents);
    const steps = Math.ceil((size.seconds * 1000) / STEP_MS);
    let kills = 0;
    let due = 0;
    const began = performance.now();
    for (let step = 0; step < steps; step++) {
      due += (size.linesPerSecond * STEP_MS) / 1000;
      for (; due >= 1; due--) emit(cluster, random, emitted);
      disturb(cluster, random);
      if (kills < size.kills && step > ((kills + 1) * steps) / (size.kills + 1)) {
        kills += 1;
        child.kill("SIGKILL");
        await once(child, "exit");
        onStep(`kill ${kills} of ${size.kills}, ${emitted.length} lines so far`);
        child = begin();
      }
      await wait(Math.max(0, began + (step + 1) * STEP_MS - performance.now()));
    }
    await quiet(cluster, size.agents);
    child.kill("SIGTERM");
    await once(child, "exit");
    const stored = await storedUuids(directory);
    let lostUnseen = 0;
    let lostTold = 0;
    for (const [number, { pod, stamp }] of emitted.entries()) {
      if (stored.has(soakUuid(number))) continue;
      const isTold = told.gaps.some((gap) => gap.pod === pod && gap.from <= stamp && stamp <= gap.to);
      if (isTold) lostTold += 1;
      else lostUnseen += 1;
    }
    return {
      emitted: emitted.length,
      stored: stored.size,
      lostUnseen,
      lostTold,
      duplicates: told.duplicates,
      gaps: told.gaps.length,
      kills,
      rssMost: told.rss,
      processorSeconds: told.processor / 1e6,
    };
  } finally {
    await cluster.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function emit(cluster: KubernetesStandIn, random: Random, emitted: Emitted[]): void {
  const pod = cluster.pods[random.below(cluster.pods.length)];
  if (pod === undefined) return;
  pod.log.emit(soakLine(emitted.length, pod.node, Date.now()));
  emitted.push({ pod: pod.name, stamp: pod.log.current.lines.at(-1)?.stamp ?? 0n });
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

/** Until every agent is followed and nothing more came for a while. */
async function quiet(cluster: KubernetesStandIn, agents: number): Promise<void> {
  cluster.faults.silentAfterRotation = false;
  cluster.faults.tooMany = 0;
  cluster.cut();
  await wait(3_000);
  await followed(cluster, agents);
  await wait(2_000);
}

async function followed(cluster: KubernetesStandIn, agents: number): Promise<void> {
  for (let tries = 0; tries < 300 && cluster.streams.open < agents; tries++) await wait(100);
}
