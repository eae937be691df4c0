/** The process that follows the cluster, and what it tells: started again after every kill. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { z } from "zod";

export interface ToldGap {
  readonly pod: string;
  readonly from: bigint;
  readonly to: bigint;
}

export interface Follower {
  readonly gaps: readonly ToldGap[];
  /** Stamp of the newest line that was read of each pod's log, as this life told last. */
  readonly read: ReadonlyMap<string, bigint>;
  /** Resident bytes, report by report, one list for each life. */
  readonly memory: readonly (readonly number[])[];
  /** All lives together. */
  readonly processorSeconds: number;
  /** Flows that only the store recognised, at its end. */
  readonly duplicates: number;
  begin(): void;
  /** Resolves when it is gone. */
  end(signal: "SIGKILL" | "SIGTERM"): Promise<void>;
}

const PROGRAM = fileURLToPath(new URL("follow-until-killed.ts", import.meta.url));

const toldSchema = z.object({
  gap: z.object({ pod: z.string(), from: z.string(), to: z.string() }).optional(),
  report: z.object({ rss: z.number(), processor: z.number(), read: z.record(z.string(), z.string()) }).optional(),
  end: z.object({ duplicates: z.number() }).optional(),
});

export function createFollower(kubeconfig: string, directory: string): Follower {
  const gaps: ToldGap[] = [];
  const memory: number[][] = [];
  let child: ChildProcess | undefined;
  let processor = 0;
  let read = new Map<string, bigint>();
  let duplicates = 0;
  return {
    gaps,
    memory,
    get read() {
      return read;
    },
    get processorSeconds() {
      return processor / 1e6;
    },
    get duplicates() {
      return duplicates;
    },
    begin() {
      const begun = spawn(process.execPath, [PROGRAM, kubeconfig, directory], { stdio: ["ignore", "pipe", "inherit"] });
      child = begun;
      const life: number[] = [];
      memory.push(life);
      let used = 0;
      read = new Map();
      if (begun.stdout === null) throw new Error("the follower's output is a pipe");
      createInterface({ input: begun.stdout }).on("line", (text) => {
        const { gap, report, end } = toldSchema.parse(JSON.parse(text));
        if (gap) gaps.push({ pod: gap.pod, from: BigInt(gap.from), to: BigInt(gap.to) });
        if (end) ({ duplicates } = end);
        if (report === undefined) return;
        life.push(report.rss);
        processor += report.processor - used;
        used = report.processor;
        read = new Map(Object.entries(report.read).map(([pod, stamp]) => [pod, BigInt(stamp)]));
      });
    },
    async end(signal) {
      if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
      const closed = once(child, "close");
      child.kill(signal);
      await closed;
    },
  };
}
