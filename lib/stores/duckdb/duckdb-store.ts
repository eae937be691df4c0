/** The embedded store: opens a data directory as its only owner, takes flows in, answers questions, forgets old flows. */

import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { FlowSink } from "#lib/flows/batch.ts";
import { formatTime } from "#lib/flows/flow-time.ts";
import type { Answer, Coverage, FeedReport } from "#lib/questions/answer.ts";
import { isoWindow } from "#lib/questions/resolve-window.ts";
import type { ResolvedWindow } from "#lib/questions/window.ts";
import type { Scannable } from "#lib/stores/flow-scan.ts";
import type { FlowStore, Forgetful } from "#lib/stores/flow-store.ts";
import type { Told } from "#lib/stores/told.ts";
import { coverageDetails } from "./answer-coverage.ts";
import { answerFacets } from "./answer-facets.ts";
import { answerFlow } from "./answer-flow.ts";
import { answerFlows } from "./answer-flows.ts";
import { answerGroups } from "./answer-groups.ts";
import { answerNearest } from "./answer-nearest.ts";
import { answerSummary } from "./answer-summary.ts";
import { answerTimeline } from "./answer-timeline.ts";
import { type Database, openDatabase } from "./database.ts";
import { createDimensionViews } from "./dimension-view.ts";
import { createPredicateMaker } from "./filter-predicate.ts";
import { createIngest, readSpan, type StoredState } from "./ingest.ts";
import { createLexicon } from "./lexicon.ts";
import { loadLexicon, loadNextIds } from "./load-state.ts";
import { lockDirectory } from "./lock-file.ts";
import { readLineLog, readMeta, writeMeta } from "./meta.ts";
import type { Mirror } from "./mirror.ts";
import { bytesInUse } from "./retention.ts";
import type { SegmentSizes } from "./rollup.ts";
import { scanFlows } from "./scan-flows.ts";
import { SCHEMA_VERSION } from "./schema.ts";
import { floorMs } from "./sessions.ts";
import { createSlices, type Snapshot } from "./slices.ts";
import { createSnapshots, type Held, HOLDS_NOTHING } from "./snapshot.ts";
import { createTextReader } from "./text-log.ts";

export interface DuckdbStoreOptions {
  /** Created where it is missing; undefined = in memory, for tests. */
  readonly directory: string | undefined;
  /** What DuckDB may hold in memory; dictionaries and attempts come on top. */
  readonly memoryMb?: number;
  readonly threads?: number;
  readonly demo?: { readonly seed: number };
  /** Milliseconds since 1970; what an empty store calls the last 24 h. */
  readonly now: () => number;
  readonly feeds?: () => readonly FeedReport[];
  /** Sessions up to which a mirror of them is held in memory, about 140 bytes each with its sums; 0 = no mirror, SQL counts. */
  readonly mostMirrored?: number;
  /** How many sessions the mirror sums once and for all, together; few in tests only. */
  readonly segments?: SegmentSizes;
  /** Old flows leave by whole stretches of so many milliseconds; an hour, less in tests only. */
  readonly partitionMs?: number;
  /** Sessions up to which, without a mirror, an answer is counted in memory instead of by SQL; tests set 0 to reach the other half. */
  readonly mostHeld?: number;
}

export type OpenedDuckdbStore =
  | { readonly store: FlowStore & FlowSink & Forgetful & Scannable; readonly problem?: never }
  /** A sentence for a person. */
  | { readonly problem: string; readonly store?: never };

export const DATABASE_NAME = "flows.duckdb";
const DEFAULT_MEMORY_MB = 512;
const DEFAULT_THREADS = 2;
const DAY = 86_400_000;
/** So that old flows leave once an hour and not all the time. */
const PARTITION_MS = 3_600_000;
/** About fifteen million flows. */
const MOST_MIRRORED = 5_000_000;

export async function openDuckdbStore(options: DuckdbStoreOptions): Promise<OpenedDuckdbStore> {
  const { directory } = options;
  const lock = directory === undefined ? { release: () => undefined } : lockDirectory(directory);
  if (lock.refused !== undefined) return { problem: lock.refused };
  const opened = await openFile(options);
  if (typeof opened === "string") {
    lock.release();
    return { problem: opened };
  }
  const found = await readMeta(opened.reader, "schema");
  if (found !== undefined && found !== SCHEMA_VERSION) {
    opened.close();
    lock.release();
    return {
      problem: `The data directory ${directory} was written by another version of Weir (layout ${String(found)}, this one reads ${SCHEMA_VERSION}). Choose another directory and read the logs again.`,
    };
  }
  if (found === undefined) await writeMeta(opened.writer, "schema", SCHEMA_VERSION);
  return { store: await createStore(options, opened, lock.release) };
}

async function openFile(options: DuckdbStoreOptions): Promise<Database | string> {
  const { directory, memoryMb = DEFAULT_MEMORY_MB, threads = DEFAULT_THREADS } = options;
  try {
    return await openDatabase({ file: directory === undefined ? undefined : join(directory, DATABASE_NAME), memoryMb, threads });
  } catch (error) {
    return `The data directory ${directory ?? ""} cannot be opened: ${error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error)}`;
  }
}

async function createStore(
  options: DuckdbStoreOptions,
  database: Database,
  release: () => void,
): Promise<FlowStore & FlowSink & Forgetful & Scannable> {
  const lexicon = createLexicon();
  await loadLexicon(database.reader, lexicon);
  const stored: StoredState = { lines: await readLineLog(database.reader), span: await readSpan(database.reader) };
  const ingest = createIngest(database.writer, lexicon, await loadNextIds(database.reader), stored, options.segments);
  const slices = createSlices({ connection: database.reader, lexicon, views: createDimensionViews(lexicon) }, options.mostHeld);
  const { mostMirrored = MOST_MIRRORED, partitionMs = PARTITION_MS } = options;
  const holdMirror = async (): Promise<Held<Mirror | undefined>> => (mostMirrored > 0 ? ingest.holdMirror(mostMirrored) : HOLDS_NOTHING());
  const wide = createSnapshots(database.reader, holdMirror);
  const quick = createSnapshots(database.pager, HOLDS_NOTHING);
  const pageFilters = createPredicateMaker(lexicon);
  const pager = {
    connection: database.pager,
    lexicon,
    leftovers: createTextReader(database.pager, "leftovers"),
    texts: createTextReader(database.pager, "texts"),
  };
  const name = options.directory === undefined ? "DuckDB, in memory" : `DuckDB, ${options.directory}`;

  const coverage = (window: ResolvedWindow): Coverage => ({
    store: name,
    window: isoWindow(window),
    span: stored.span && { oldest: formatTime(stored.span.oldest), newest: formatTime(stored.span.newest) },
    lines: stored.lines.lines,
    lost: stored.lines.lost,
    feeds: options.feeds?.() ?? [],
    nodes: lexicon.nodes.filter((node) => node.name !== "").length,
    demo: options.demo,
    truncated: undefined,
  });
  const wholeWindow = (): ResolvedWindow => {
    const { span } = stored;
    if (span === undefined) return { from: options.now() - DAY, to: options.now() };
    return { from: Number(floorMs(span.oldest)), to: Number(floorMs(span.newest)) + 1 };
  };
  const answered = <T>(window: ResolvedWindow, told: Told<T>, truncated?: Coverage["truncated"]): Answer<T> =>
    told.problem ? { problem: told.problem } : { answer: told.answer, coverage: { ...coverage(window), truncated } };
  const widely = <T>(work: (snapshot: Snapshot) => Promise<T>): Promise<T> =>
    wide.inSnapshot((version, mirror) => {
      const shown = mirror ? `mirror ${mirror.version}` : `tables ${version}`;
      return work(slices.at(shown, stored.span?.oldest, mirror));
    });

  // Ready before the first wide question as a rule; what fails here fails there again, and is told. A new store is filled faster without it.
  if (mostMirrored > 0 && stored.span !== undefined) ingest.makeMirror(mostMirrored).catch(() => undefined);

  let closed: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    await ingest.idle();
    await wide.idle();
    await quick.idle();
    database.close();
    release();
  };

  return {
    name,
    append: (batch) => ingest.append(batch),
    position: (feed) => ingest.position(feed),
    feeds: () => ingest.feeds(),
    forgetBefore: (ms) => ingest.forget(Math.floor(ms / partitionMs) * partitionMs),
    forgetOldest: async (share) => {
      const forgotten = await ingest.forgetShare(share);
      if (forgotten > 0) await ingest.reclaim();
      return forgotten;
    },
    size: async () => {
      if (options.directory === undefined) return 0;
      const log = await stat(join(options.directory, `${DATABASE_NAME}.wal`)).catch(() => undefined);
      return (await bytesInUse(database.pager)) + (log?.size ?? 0);
    },
    status: async () => {
      const whole = coverage(wholeWindow());
      return { answer: whole, coverage: whole };
    },
    summary: async (question) => answered(question.window, await widely((snapshot) => answerSummary(snapshot, question))),
    groups: async (question) => {
      const told = await widely((snapshot) => answerGroups(snapshot, question));
      const shown = question.offset + (told.answer?.rows.length ?? 0);
      const total = told.answer?.total ?? 0;
      return answered(question.window, told, shown < total ? { shown, total } : undefined);
    },
    timeline: async (question) => answered(question.window, await widely((snapshot) => answerTimeline(snapshot, question))),
    facets: async (question) => answered(question.window, await widely((snapshot) => answerFacets(snapshot, question))),
    flows: async (question) => answered(question.window, await quick.inSnapshot(() => answerFlows(pager, pageFilters, question))),
    flow: async (id) => answered(wholeWindow(), await quick.inSnapshot(() => answerFlow(pager, id))),
    coverage: async (question) =>
      answered(question.window, { answer: await quick.inSnapshot(() => coverageDetails(database.pager, lexicon, stored.lines)) }),
    nearest: async (question) => answered(question.window, await widely((snapshot) => answerNearest(snapshot, question))),
    scan: (window) => scanFlows(pager, window, (work) => quick.inSnapshot(work)),
    close: () => {
      closed ??= close();
      return closed;
    },
  };
}
