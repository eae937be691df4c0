/** Reads a log in small batches and says what the store has acknowledged. Run as `node read-until-killed.ts LOG DIRECTORY FLOWS_A_BATCH thread|here`. */
import { writeSync } from "node:fs";
import { createDecoder } from "#lib/decode/decoder.ts";
import { createLineJoiner } from "#lib/decode/join-lines.ts";
import { createFileFeed } from "#lib/feeds/file/file-feed.ts";
import { startReaderThread } from "#lib/feeds/file/read-in-thread.ts";
import type { FlowSink } from "#lib/flows/batch.ts";
import { openDuckdbStore } from "#lib/stores/duckdb/duckdb-store.ts";

const [log, directory, flows, how] = process.argv.slice(2);
if (log === undefined || directory === undefined || flows === undefined)
  throw new Error("usage: read-until-killed.ts LOG DIRECTORY FLOWS_A_BATCH thread|here");

const opened = await openDuckdbStore({ directory, now: Date.now });
if (opened.problem !== undefined) throw new Error(opened.problem);
const { store } = opened;
const telling: FlowSink = {
  position: (feed) => store.position(feed),
  append: async (batch) => {
    const appended = await store.append(batch);
    // written at once: what is still on its way when the process dies was never acknowledged
    writeSync(1, `${batch.position.feed} ${batch.position.offset}\n`);
    return appended;
  },
};
writeSync(1, "reading\n");
const feed = createFileFeed({
  paths: [log],
  decoder: createDecoder(),
  createJoiner: createLineJoiner,
  limits: { flows: Number(flows), bytes: 1 << 26, ms: 1 << 30 },
  startThread: startReaderThread,
  isLarge: () => how === "thread",
});
await feed.run(telling, new AbortController().signal);
await store.close();
writeSync(1, "done\n");
