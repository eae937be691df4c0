/** Puts generated flows into a store without a file between. Run as `node fill-store.ts FLOWS DIRECTORY`; prints how many it holds. */
import { createDecoder } from "#lib/decode/decoder.ts";
import { CATCH_UP, createIngest } from "#lib/feeds/ingest.ts";
import { WHOLE_LINES } from "#lib/feeds/whole-lines.ts";
import { openDuckdbStore } from "#lib/stores/duckdb/duckdb-store.ts";
import { benchLines, generateLines } from "./generate-lines.ts";

const LINES_A_TURN = 1000;

const [flows, directory] = process.argv.slice(2);
if (flows === undefined || directory === undefined) throw new Error("usage: fill-store.ts FLOWS DIRECTORY");

const opened = await openDuckdbStore({ directory, now: Date.now, memoryMb: 1024, threads: 2 });
if (opened.problem !== undefined) throw new Error(opened.problem);
const ingest = createIngest({
  sink: opened.store,
  feed: "generated",
  label: "generated lines",
  decoder: createDecoder(),
  joiner: WHOLE_LINES,
  limits: CATCH_UP,
  now: () => performance.now(),
  firstTime: undefined,
  state: () => "",
  start: 0,
});
let offset = 0;
let lines = 0;
for (const line of generateLines(benchLines(Number(flows)))) {
  offset += line.length + 1;
  ingest.line(line, offset);
  if (++lines % LINES_A_TURN === 0) await ingest.settle();
}
await ingest.finish(true);
const status = await opened.store.status();
if (status.problem !== undefined) throw new Error(status.problem.detail);
console.log(String(status.coverage.lines.flows - status.coverage.lines.duplicates));
await opened.store.close();
