/** One owner of a data directory: two openers of one DuckDB file inside one process are not refused by DuckDB and lose rows in silence. */
import { randomUUID } from "node:crypto";
import { closeSync, mkdirSync, openSync, readFileSync, unlinkSync, writeSync } from "node:fs";
import { join } from "node:path";

export const LOCK_NAME = "weir.lock";

export type Locked =
  | { readonly release: () => void; readonly refused?: never }
  /** A sentence for a person. */
  | { readonly refused: string; readonly release?: never };

const TRIES = 3;

/** Creates the directory where it is missing. A lock whose process is gone is taken over. */
export function lockDirectory(directory: string): Locked {
  const path = join(directory, LOCK_NAME);
  const instance = randomUUID();
  try {
    mkdirSync(directory, { recursive: true });
  } catch (error) {
    return { refused: `The data directory ${directory} cannot be made: ${messageOf(error)}.` };
  }
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const failure = createLock(path, instance);
    if (failure === undefined) return { release: () => releaseLock(path, instance) };
    if (codeOf(failure) !== "EEXIST") return { refused: `The data directory ${directory} cannot be used: ${messageOf(failure)}.` };
    const owner = runningOwner(path);
    if (owner !== undefined) {
      const who = owner === process.pid ? "this process has it open already" : `process ${owner} has it open`;
      return { refused: `The data directory ${directory} is in use: ${who}. Stop it, or choose another directory.` };
    }
    removeIfThere(path);
  }
  return { refused: `The data directory ${directory} is in use: others keep taking its lock.` };
}

function createLock(path: string, instance: string): unknown {
  try {
    const file = openSync(path, "wx");
    try {
      writeSync(file, `${process.pid} ${startOf(process.pid)} ${instance}\n`);
    } finally {
      closeSync(file);
    }
    return undefined;
  } catch (error) {
    return error;
  }
}

/** The pid in the lock if that very process still runs. */
function runningOwner(path: string): number | undefined {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
  const [pidText = "", start = ""] = text.split(" ");
  const pid = Number.parseInt(pidText, 10);
  if (!Number.isSafeInteger(pid) || pid <= 0 || !isRunning(pid)) return undefined;
  return startOf(pid) === start ? pid : undefined;
}

/** When a process started, in ticks since boot; "-" where the system does not say. In a container every run has the same pid. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // Field 22; the second one is the command in parentheses and may hold anything.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "-";
  } catch {
    return "-";
  }
}

/** Only our own lock: somebody else may have taken over a directory that we lost. */
function releaseLock(path: string, instance: string): void {
  try {
    if (readFileSync(path, "utf8").includes(instance)) unlinkSync(path);
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
  }
}

function removeIfThere(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
