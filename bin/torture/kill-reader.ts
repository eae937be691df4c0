/** Starts a reader and kills it, as a machine that loses power would, somewhere in the middle. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

export interface Killing {
  readonly log: string;
  readonly directory: string;
  readonly flowsPerBatch: number;
  /** Batches that are acknowledged first, and milliseconds after that. */
  readonly batches: number;
  readonly delay: number;
  /** Whether the log is read in a thread of its own, as large ones are. */
  readonly threaded: boolean;
}

export interface Killed {
  readonly feed: string;
  /** Offset behind the last batch that the reader knew to be stored; 0 = none. */
  readonly acknowledged: number;
  /** Whether the reader came to its end before it was killed. */
  readonly finished: boolean;
}

const READER = fileURLToPath(new URL("read-until-killed.ts", import.meta.url));

/** Rejects when the reader ends by itself other than well. */
export function killReader({ log, directory, flowsPerBatch, batches, delay, threaded }: Killing): Promise<Killed> {
  const args = [READER, log, directory, String(flowsPerBatch), threaded ? "thread" : "here"];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  const said: string[] = [];
  let rest = "";
  let complaint = "";
  let isArmed = false;
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaint += text;
  });
  child.stdout.setEncoding("latin1").on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    said.push(...lines);
    if (isArmed || said.length <= batches) return;
    isArmed = true;
    setTimeout(() => child.kill("SIGKILL"), delay);
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      const commits = said.filter((line) => line.startsWith("file:"));
      const [feed = "", offset = "0"] = commits.at(-1)?.split(" ") ?? [];
      if (signal !== "SIGKILL" && code !== 0) reject(new Error(`the reader ended with ${String(code)}: ${complaint}`));
      else resolve({ feed, acknowledged: Number(offset), finished: said.includes("done") });
    });
  });
}
