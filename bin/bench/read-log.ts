/** Weir's own way from a log file to stored, queryable flows. Run as `node read-log.ts LOG DIRECTORY`; prints how many were stored. */
import { createDecoder } from "#lib/decode/decoder.ts";
import { createLineJoiner } from "#lib/decode/join-lines.ts";
import { earlyReader } from "#lib/feeds/file/early-reader.ts";
import { createFileFeed } from "#lib/feeds/file/file-feed.ts";
import { openDuckdbStore } from "#lib/stores/duckdb/duckdb-store.ts";

const [log, directory] = process.argv.slice(2);
if (log === undefined || directory === undefined) throw new Error("usage: read-log.ts LOG DIRECTORY");

const reader = earlyReader([log]);
const opened = await openDuckdbStore({ directory, now: Date.now, memoryMb: 1024, threads: 2 });
if (opened.problem !== undefined) throw new Error(opened.problem);
const feed = createFileFeed({ paths: [log], decoder: createDecoder(), createJoiner: createLineJoiner, startThread: reader.start });
await feed.run(opened.store, new AbortController().signal);
const status = await opened.store.status();
if (status.problem !== undefined) throw new Error(status.problem.detail);
console.log(String(status.coverage.lines.flows - status.coverage.lines.duplicates));
await opened.store.close();
