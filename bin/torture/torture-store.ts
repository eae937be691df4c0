/** kill -9 in the middle of reading, again and again: what is stored is what the position says, nothing twice, and reading goes on. */
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { openDuckdbStore } from "#lib/stores/duckdb/duckdb-store.ts";
import { BENCH_START, generateLines } from "../bench/generate-lines.ts";
import { createRandom, type Random } from "../bench/random.ts";
import { writeLines } from "../bench/write-lines.ts";
import { type Checked, checkStore } from "./check-store.ts";
import { killReader } from "./kill-reader.ts";
import { readWholeLog, type WholeLog } from "./whole-log.ts";

export interface StoreTorture {
  readonly folder: string;
  readonly kills: number;
  readonly flows: number;
  readonly seed: number;
  /** Told after each kill. */
  readonly onCheck: (name: string, wrong: readonly string[]) => void;
}

const BATCHES_A_LOG = 30;
const BATCHES_MOST = 6;
const DELAY_MOST_MS = 60;

/** Reads the log from where the last reader died; a store that has all of it makes room for a new one. */
export async function tortureStore({ folder, kills, flows, seed, onCheck }: StoreTorture): Promise<void> {
  const random = createRandom(seed);
  const log = join(folder, "agent.log");
  writeLines(log, generateLines({ flows, seed, start: BENCH_START, noise: 0.2, cut: 0.01 }));
  const whole = readWholeLog(log);
  const flowsPerBatch = Math.max(1, Math.ceil(flows / BATCHES_A_LOG));
  let directory = mkdtempSync(join(folder, "store-"));
  let feed = "";
  let acknowledged = 0;
  let kill = 0;
  while (kill < kills) {
    const killed = await killReader({ log, directory, flowsPerBatch, threaded: kill % 2 === 0, ...pointOf(random) });
    if (killed.feed !== "") ({ feed, acknowledged } = killed);
    const checked = await checkDirectory(directory, whole, feed, acknowledged);
    const read = `${checked.rows} rows, ${Math.round((checked.offset / whole.size) * 100)} % of the log`;
    if (killed.finished) onCheck(`read to the end over ${kill} kills so far: ${read}`, [...checked.wrong, ...unreadEnd(checked, whole)]);
    else onCheck(`kill ${++kill} of ${kills}: ${read}`, checked.wrong);
    if (checked.offset < whole.size) continue;
    rmSync(directory, { recursive: true, force: true });
    directory = mkdtempSync(join(folder, "store-"));
    feed = "";
    acknowledged = 0;
  }
}

function pointOf(random: Random): { readonly batches: number; readonly delay: number } {
  return { batches: random.below(BATCHES_MOST), delay: random.next() * DELAY_MOST_MS };
}

function unreadEnd(checked: Checked, whole: WholeLog): string[] {
  return checked.rows === whole.flows.length ? [] : [`${checked.rows} rows at the end, the log holds ${whole.flows.length} flows`];
}

/** Opens it as the next start would, over the dead reader's lock. */
async function checkDirectory(directory: string, whole: WholeLog, feed: string, acknowledged: number): Promise<Checked> {
  const opened = await openDuckdbStore({ directory, now: Date.now });
  if (opened.problem !== undefined) return { offset: 0, rows: 0, wrong: [opened.problem] };
  try {
    return await checkStore(opened.store, whole, feed, acknowledged);
  } finally {
    await opened.store.close();
  }
}
