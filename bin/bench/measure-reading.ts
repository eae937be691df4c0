/** File to queryable flows, against jq and against DuckDB's own reader; and the bytes that stay on disk. */
import { readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Figure, milliseconds, times } from "./figure.ts";
import { hasJq, runJq } from "./jq.ts";
import { median, pairedWarm, type WarmPairs } from "./measure.ts";
import { rawSize } from "./raw-size.ts";
import { runScript } from "./run-script.ts";

export interface Reading {
  readonly log: string;
  readonly folder: string;
  readonly flows: number;
  readonly pairs: number;
  readonly say: (text: string) => void;
}

const JQ_GOAL = 8;
const DUCKDB_GOAL = 1.2;
const ZSTD_GOAL = 0.6;

/** Leaves Weir's data directory and the peer's database in the folder, at `weirIn` and `textIn`. */
export async function measureReading(reading: Reading): Promise<Figure[]> {
  const { log, folder, pairs, say } = reading;
  const weir = (): Promise<string> => afresh(weirIn(folder), () => runScript("read-log.ts", [log, weirIn(folder)]));
  const duckdb = (): Promise<string> => afresh(textIn(folder), () => runScript("duckdb-read-json.ts", [log, textIn(folder)]));
  const figures: Figure[] = [];
  const stored = Number(await weir());
  const read = Number(await duckdb());
  say(`Weir stored ${stored} flows, DuckDB's read_json ${read}`);
  if (pairs > 0 && hasJq()) figures.push(readingFigure("jq -R 'fromjson?'", await pairedWarm(pairs, weir, () => runJq(log)), JQ_GOAL));
  else say("jq is left out: it is not installed, or no pairs were asked for.");
  if (pairs > 0) figures.push(readingFigure("DuckDB INSERT FROM read_json", await pairedWarm(pairs, weir, duckdb), DUCKDB_GOAL));
  else say("DuckDB's reader is left out: no pairs were asked for.");
  figures.push(lostFigure(reading.flows, stored, read), await sizeFigure(log, weirIn(folder), stored));
  return figures.map((figure) => ({ ...figure, what: `${figure.what}, ${reading.flows.toLocaleString("en")} flows` }));
}

export function weirIn(folder: string): string {
  return join(folder, "weir");
}

export function textIn(folder: string): string {
  return join(folder, "text.duckdb");
}

function afresh(path: string, run: () => Promise<string>): Promise<string> {
  for (const one of [path, `${path}.wal`]) rmSync(one, { recursive: true, force: true });
  return run();
}

function readingFigure(peer: string, pairs: WarmPairs, goal: number): Figure {
  const cpu = Number.isNaN(pairs.cpuRatio)
    ? ""
    : `; processor time: ${milliseconds(median(pairs.a.map(({ cpuMs }) => cpuMs)))} to ${milliseconds(median(pairs.b.map(({ cpuMs }) => cpuMs)))}, ${times(pairs.cpuRatio)}`;
  return {
    what: `File to queryable against ${peer}`,
    weir: milliseconds(median(pairs.a.map(({ ms }) => ms))),
    peer: milliseconds(median(pairs.b.map(({ ms }) => ms))),
    ratio: `${times(pairs.ratio)} (first runs: ${times(pairs.firstRatio)}${cpu})`,
    goal: `>= ${goal}x`,
    met: pairs.ratio >= goal,
  };
}

function lostFigure(flows: number, stored: number, read: number): Figure {
  const lost = (kept: number): string => `${flows - kept} of ${flows} left out`;
  return { what: "Lines not read (some are cut short)", weir: lost(stored), peer: lost(read), ratio: "", goal: "", met: undefined };
}

async function sizeFigure(log: string, directory: string, stored: number): Promise<Figure> {
  const raw = await rawSize(log);
  const files = readdirSync(directory).map((name) => statSync(join(directory, name)).size);
  const bytes = files.reduce((sum, size) => sum + size, 0) / stored;
  const zstd = raw.zstd / raw.lines;
  const share = bytes / zstd;
  return {
    what: "Bytes on disk per flow, every line restorable, against zstd level 3 of the flow lines",
    weir: `${bytes.toFixed(1)} B of ${(raw.bytes / raw.lines).toFixed(0)} B raw`,
    peer: `${zstd.toFixed(1)} B`,
    ratio: times(share),
    goal: `<= ${ZSTD_GOAL}x`,
    met: share <= ZSTD_GOAL,
  };
}
