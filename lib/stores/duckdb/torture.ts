/** Kills a process that takes flows in, at random moments, and checks what is stored: exactly what was committed, nothing twice. */
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase, select } from "./database.ts";
import { DATABASE_NAME } from "./duckdb-store.ts";
import { readPosition } from "./meta.ts";
import { TORTURE_FEED } from "./torture-child.ts";

export interface TortureResult {
  readonly kills: number;
  /** Flows stored when the last process had died. */
  readonly flows: number;
  /** What was wrong, in sentences; empty = nothing. */
  readonly faults: readonly string[];
}

const CHILD = join(import.meta.dirname, "torture-child.ts");

/** `random` gives numbers from 0 to 1; each process is killed after at most `longestMs` of taking flows in. */
export async function tortureStore(kills: number, random: () => number, longestMs = 1200): Promise<TortureResult> {
  const directory = await mkdtemp(join(tmpdir(), "weir-torture-"));
  const faults: string[] = [];
  let flows = 0;
  try {
    for (let kill = 0; kill < kills; kill++) {
      const acknowledged = await runAndKill(directory, random() * longestMs);
      const found = await inspect(directory);
      faults.push(...found.faults.map((fault) => `after kill ${kill + 1}: ${fault}`));
      if (found.flows < acknowledged)
        faults.push(`after kill ${kill + 1}: ${acknowledged} flows were acknowledged, ${found.flows} are stored`);
      flows = found.flows;
    }
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
  return { kills, flows, faults };
}

/** The position that the child had last acknowledged. */
async function runAndKill(directory: string, afterMs: number): Promise<number> {
  const child = spawn(process.execPath, [CHILD, directory], { stdio: ["ignore", "pipe", "inherit"] });
  let told = "";
  let timer: NodeJS.Timeout | undefined;
  child.stdout.setEncoding("utf8");
  child.stdout.on("data", (text: string) => {
    told += text;
    // The first line is the position found; the second says that a batch was committed.
    if (told.split("\n").length > 2) timer ??= setTimeout(() => child.kill("SIGKILL"), afterMs);
  });
  await new Promise<void>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", () => resolve());
  });
  clearTimeout(timer);
  const lines = told.split("\n").slice(0, -1);
  return Number(lines.at(-1) ?? 0);
}

async function inspect(directory: string): Promise<{ readonly flows: number; readonly faults: string[] }> {
  const database = await openDatabase({ file: join(directory, DATABASE_NAME), memoryMb: 512, threads: 2 });
  try {
    const { reader } = database;
    const position = (await readPosition(reader, TORTURE_FEED))?.offset ?? 0;
    const found = await select(
      reader,
      `SELECT (SELECT count(*) FROM flows), (SELECT count(DISTINCT (hi, lo)) FROM flows),
        (SELECT count(*) FROM flows WHERE session NOT IN (SELECT id FROM sessions)), (SELECT coalesce(sum(flows), 0)::BIGINT FROM sessions),
        (SELECT count(*) FROM (SELECT attempt FROM sessions WHERE kind = 0 GROUP BY attempt HAVING count(*) > 1))`,
    );
    const [rows, uuids, orphans, inSessions, twiceFresh] = [0, 1, 2, 3, 4].map((index) => Number(found.bigs(index)[0] ?? 0n));
    const faults: string[] = [];
    if (rows !== position) faults.push(`${rows} rows, but the feed was committed up to ${position}`);
    if (uuids !== rows) faults.push(`${rows} rows have ${uuids} different uuids`);
    if (orphans !== 0) faults.push(`${orphans} rows have no session`);
    if (inSessions !== rows) faults.push(`sessions count ${inSessions} flows of ${rows}`);
    if (twiceFresh !== 0) faults.push(`${twiceFresh} attempts are counted twice`);
    return { flows: rows ?? 0, faults };
  } finally {
    database.close();
  }
}
