/** `npm run bench`: one log, Weir and its peers in turn, figures beside their goals. */
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { openDuckdbStore } from "#lib/stores/duckdb/duckdb-store.ts";
import { type BenchOptions, readBenchOptions, USAGE } from "./bench-options.ts";
import { documentOf } from "./document.ts";
import { asLine, type Figure } from "./figure.ts";
import { benchLines, generateLines } from "./generate-lines.ts";
import { writeFirstPart } from "./kept-part.ts";
import { measureMatching } from "./measure-matching.ts";
import { measureQuestions } from "./measure-questions.ts";
import { measureReading, textIn, weirIn } from "./measure-reading.ts";
import { runScript } from "./run-script.ts";
import { openTextStore } from "./text-store.ts";
import { writeLines } from "./write-lines.ts";

const TEN_MILLION = 10_000_000;

const options = readBenchOptions(process.argv.slice(2));
if (options === "help") process.stdout.write(USAGE);
else await bench(options);

async function bench(asked: BenchOptions): Promise<void> {
  const date = new Date();
  const args = process.argv.slice(2).join(" ");
  const begun = performance.now();
  const [load = 0] = loadavg();
  const folder = mkdtempSync(join(tmpdir(), "weir-bench-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));
  say(`${cpus()[0]?.model ?? "unknown processor"}, ${cpus().length} cores, load average ${load.toFixed(1)}, Node ${process.versions.node}`);

  const figures = await measureAll(asked, folder);
  say("");
  for (const figure of figures) say(asLine(figure));
  if (asked.document === "") return;
  const minutes = (performance.now() - begun) / 60_000;
  writeFirstPart(asked.document, documentOf(figures, { date, args, minutes, load, pairs: asked.pairs, repeats: asked.repeats }));
  say(`\nwritten to ${asked.document}`);
}

async function measureAll(asked: BenchOptions, folder: string): Promise<Figure[]> {
  const { flows, pairs, repeats } = asked;
  const log = join(folder, "agent.log");
  writeLines(log, generateLines(benchLines(flows)));
  say(`${flows.toLocaleString("en")} flows made, ${(statSync(log).size / 1e6).toFixed(0)} MB`);
  const reading = await measureReading({ log, folder, flows, pairs, say });
  rmSync(log);
  const matching = await measureMatching(flows, say);
  const questions = await questionsOf(weirIn(folder), textIn(folder), flows, repeats, 1);
  if (!asked.tenMillion) return [...reading, ...matching, ...questions];

  rmSync(weirIn(folder), { recursive: true, force: true });
  const stored = await runScript("fill-store.ts", [String(TEN_MILLION), weirIn(folder)]);
  say(`${stored} flows stored for the questions at ten million`);
  const copies = Math.ceil(TEN_MILLION / flows);
  return [...reading, ...matching, ...questions, ...(await questionsOf(weirIn(folder), textIn(folder), TEN_MILLION, repeats, copies))];
}

async function questionsOf(directory: string, database: string, flows: number, repeats: number, copies: number): Promise<Figure[]> {
  const opened = await openDuckdbStore({ directory, now: Date.now });
  if (opened.problem !== undefined) throw new Error(opened.problem);
  const text = await openTextStore(database, copies);
  try {
    return await measureQuestions({ store: opened.store, text, flows, repeats, say });
  } finally {
    text.close();
    await opened.store.close();
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
