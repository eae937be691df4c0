/** Time in Weir per question over Azure Data Explorer (total minus server), and memory over many questions. Arguments: repeats, questions, `--write`. */
import { cpus, loadavg } from "node:os";
import { setTimeout as after } from "node:timers/promises";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import type { Answer } from "#lib/questions/answer.ts";
import type { GroupsQuestion, Question } from "#lib/questions/question.ts";
import { adxStoreOver } from "#lib/stores/adx/adx-store.ts";
import { createKustoGateway } from "#lib/stores/adx/kusto-gateway.ts";
import type { FlowStore } from "#lib/stores/flow-store.ts";
import { ADX_HEADING, writeSecondPart } from "../bench/kept-part.ts";
import type { ReplayNews, ReplaySettings } from "./replaying-cluster.ts";

const { values: flags, positionals } = parseArgs({ options: { write: { type: "boolean", default: false } }, allowPositionals: true });
const [repeats = 100, questions = 10_000] = positionals.map(Number);
const DOCUMENT = new URL("../../docs/benchmarks.md", import.meta.url).pathname;
const [load = 0] = loadavg();
const lines: string[] = [];
const UNTIL = Date.UTC(2026, 0, 2);
const FLOWS = 6000;
const settings: ReplaySettings = { flows: FLOWS, until: UNTIL };
const cluster = new Worker(new URL("./replaying-cluster.ts", import.meta.url), { workerData: settings });
let servedMs = 0;
const url = await new Promise<string>((resolve) => {
  cluster.on("message", (news: ReplayNews) => {
    if ("url" in news) resolve(news.url);
    else servedMs += news.servedMs;
  });
});

const window = (shift: number): Question["window"] => ({ from: UNTIL - 86_400_000 + shift, to: UNTIL });
const about = (shift: number): Question => ({ window: window(shift), filter: { include: [], exclude: [] }, text: "" });
const page = (store: FlowStore, shift: number) => store.flows({ ...about(shift), after: undefined, limit: 5000, newestFirst: true });
const groups: Omit<GroupsQuestion, keyof Question> = {
  by: ["pod", "ip", "port"],
  order: "attempts",
  descending: true,
  offset: 0,
  limit: 200,
  sparkPoints: 24,
};

function openStore(cacheSeconds: number): FlowStore {
  const gateway = createKustoGateway(
    { cluster: url, database: "Kubernetes", timeoutMs: 60_000, concurrency: 6, cacheSeconds, trustedHosts: [] },
    undefined,
  );
  return adxStoreOver({ gateway, settings: { shape: "typed", table: "", days: 14 }, now: () => UNTIL }, "bench");
}

const fresh = openStore(0);
await measure("A page of 5,000 flows", async (turn) => rowsOf(await page(fresh, turn)));
await measure("200 groups by pod, address and port, with sparklines", async (turn) =>
  rowsOf(await fresh.groups({ ...about(turn), ...groups })),
);
await fresh.close();
await measureMemory();
await cluster.terminate();
if (flags.write) writeSecondPart(DOCUMENT, documentOf());

async function measure(what: string, ask: (turn: number) => Promise<number>): Promise<void> {
  const times: number[] = [];
  let rows = 0;
  for (let turn = -5; turn < repeats; turn++) {
    servedMs = 0;
    const from = performance.now();
    rows = await ask(turn + 5);
    const total = performance.now() - from;
    // the other thread's word comes a moment later
    await after(2);
    if (turn >= 0) times.push(total - servedMs);
  }
  times.sort((a, b) => a - b);
  const at = (share: number): string => (times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0).toFixed(1);
  say(`| ${what} (${rows} rows), time in Weir | ${at(0.5)} ms / ${at(0.95)} ms |`);
}

/** Every question another one, answers kept as in a running Weir. */
async function measureMemory(): Promise<void> {
  const store = openStore(15);
  const held: number[] = [];
  for (let turn = 1; turn <= questions; turn++) {
    rowsOf(await store.groups({ ...about(turn), ...groups, limit: 20, sparkPoints: 0 }));
    if (turn % (questions / 5) === 0) held.push(heldMb());
  }
  await store.close();
  say(
    `| Memory over ${questions.toLocaleString("en")} questions, after each fifth of them | ${held.map((mb) => `${mb.toFixed(0)} MB`).join(", ")} |`,
  );
}

function heldMb(): number {
  global.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1e6;
}

function rowsOf(answer: Answer<{ readonly rows: readonly unknown[] }>): number {
  if (answer.problem !== undefined) throw new Error(`${answer.problem.title} ${answer.problem.detail}`);
  return answer.answer.rows.length;
}

function say(line: string): void {
  lines.push(line);
  process.stdout.write(`${line}\n`);
}

function documentOf(): string {
  const [first] = cpus();
  return `${ADX_HEADING}

${new Date().toISOString().slice(0, 10)}, ${first?.model ?? "unknown processor"}, ${cpus().length} cores, Node ${process.versions.node}. Load average at the start: ${load.toFixed(1)}.
The cluster is a stand-in in a thread of its own that gives kept answers, so that what is left of a question is Weir's: writing the query,
the SDK, reading the answer. Each time is total minus server, p50 / p95 of ${repeats} questions.

| What | |
| --- | --- |
${lines.join("\n")}
`;
}
