/** Takes batches in: rows, sessions, new dictionary entries, line counts and the feed's position in one transaction. */
import type { DuckDBConnection } from "@duckdb/node-api";
import type { AppendResult, Batch, FeedPosition } from "#lib/flows/batch.ts";
import { appendColumns } from "./append-columns.ts";
import { type EncodedBatch, encodeBatch } from "./batch-encoder.ts";
import { earlier, later } from "./big-order.ts";
import { execute, idList, select } from "./database.ts";
import type { EncoderState } from "./encoder-state.ts";
import { mergeLateSiblings } from "./late-siblings.ts";
import type { Lexicon } from "./lexicon.ts";
import { addLines, type LineLog } from "./line-counts.ts";
import { loadMirror, sessionsSince } from "./load-mirror.ts";
import { loadEncoderState, type NextIds } from "./load-state.ts";
import { readFeeds, readPosition, writeLineLog, writePosition } from "./meta.ts";
import { asInts, type Mirror, type MirrorKeeper, type MirrorRows } from "./mirror.ts";
import { forgetBefore, reclaim, timeOfShare } from "./retention.ts";
import { SEGMENTS } from "./rollup.ts";
import { HIDDEN, MIXED, NEXT_VERSION, ROW_COLUMNS, SESSION_COLUMNS } from "./schema.ts";
import { type FoldedSessions, floorMs, foldSessions } from "./sessions.ts";
import type { Held } from "./snapshot.ts";
import { appendLeftovers, appendTexts, blobOf } from "./text-log.ts";

const NS_PER_MS = 1_000_000n;
/** More than the batches of a lifetime. */
const VERSIONS_PER_MIRROR = 2n ** 40n;

/** What questions see of the stored flows, beside the tables. */
export interface StoredState {
  lines: LineLog;
  /** Nanoseconds since 1970 of all rows, siblings too; undefined = no row. */
  span: { readonly oldest: bigint; readonly newest: bigint } | undefined;
}

export interface Ingest {
  append(batch: Batch): Promise<AppendResult>;
  position(feed: string): Promise<FeedPosition | undefined>;
  /** Names of all that was ever read. */
  feeds(): Promise<readonly string[]>;
  /** Removes every flow before this millisecond, between two batches; answers how many. What is kept in memory about sessions follows. */
  forget(cut: number): Promise<number>;
  /** The same up to the millisecond that has about this share of all flows before it. */
  forgetShare(share: number): Promise<number>;
  /** Gives room that was forgotten back to the disk. */
  reclaim(): Promise<void>;
  /** The mirror of the stored sessions as of now, unchanged until it is released; undefined when there are more than `most`. One at a time. */
  holdMirror(most: number): Promise<Held<Mirror | undefined>>;
  /** Reads the sessions before the first question needs them. */
  makeMirror(most: number): Promise<void>;
  /** Settles when nothing is under way any more; nothing long is begun afterwards. */
  idle(): Promise<void>;
}

/** `segments`: of the mirror. */
export function createIngest(writer: DuckDBConnection, lexicon: Lexicon, next: NextIds, stored: StoredState, segments = SEGMENTS): Ingest {
  let state: EncoderState | undefined;
  let tail: Promise<unknown> = Promise.resolve();
  let batchNumber = 0;
  let failed = false;
  let mirrored: MirrorKeeper | undefined;
  let mirrors = 0n;
  let leaving = false;

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = tail.then(work);
    tail = turn.catch(() => undefined);
    return turn;
  };

  const appendNow = async (batch: Batch): Promise<AppendResult> => {
    if (failed) throw new Error("a batch could not be written before this one; the store has to be opened again");
    state ??= await loadEncoderState(writer, lexicon);
    const encoding = state;
    batchNumber += 1;
    const encoded = encodeBatch(encoding, batch, batchNumber, next.leftover);
    const sessions = foldSessions(encoded.rows, next.session, encoding.attempts, lexicon);
    const lines = addLines(stored.lines, batch, encoded.duplicates);
    await execute(writer, "BEGIN TRANSACTION");
    let session: number;
    try {
      session = await writeBatch(writer, encoding, batch, encoded, sessions, next, stored.lines, lines);
      await execute(writer, "COMMIT");
    } catch (error) {
      // Numbers given out for this batch are in memory but not in the tables: nothing may be built on them.
      failed = true;
      await execute(writer, "ROLLBACK").catch(() => undefined);
      throw error;
    }
    mirrored?.add(mirrorRows(sessions));
    mirrored?.turnMixed(sessions.turnedMixed);
    const merged = next.session + sessions.count;
    if (mirrored !== undefined && session > merged) {
      const rows = await sessionsSince(writer, merged);
      mirrored.replace([...new Set(rows.attempt)], rows);
    }
    next.session = session;
    next.batch += 1;
    next.leftover += encoded.leftovers.length;
    lexicon.markKept();
    encoding.pool.markKept();
    stored.lines = lines;
    stored.span = wider(stored.span, encoded.span);
    return { stored: encoded.rows.count, duplicates: encoded.duplicates };
  };

  const mirrorUpTo = async (most: number): Promise<void> => {
    if (mirrored !== undefined) return;
    await inTurn(async () => {
      if (mirrored !== undefined) return;
      const found = await select(writer, "SELECT count(*) FROM sessions");
      const sessions = Number(found.bigs(0)[0] ?? 0n);
      if (sessions > most) return;
      mirrors += 1n;
      mirrored = await loadMirror(writer, mirrors * VERSIONS_PER_MIRROR, segments, sessions, () => !leaving);
    });
  };

  const forgetNow = async (cut: number): Promise<number> => {
    if (stored.span === undefined || stored.span.oldest >= BigInt(cut) * NS_PER_MS) return 0;
    const { flows, left } = await forgetBefore(writer, BigInt(cut) * NS_PER_MS);
    state?.attempts.forget(cut);
    mirrored?.forget(cut, left);
    // Read again where half of it is room for nothing.
    if (mirrored !== undefined && mirrored.gone() * 2 > mirrored.mirror().count) mirrored = undefined;
    stored.span = await readSpan(writer);
    return flows;
  };

  return {
    append: (batch) => inTurn(() => appendNow(batch)),
    position: (feed) => inTurn(() => readPosition(writer, feed)),
    feeds: () => inTurn(() => readFeeds(writer)),
    forget: (cut) => inTurn(() => forgetNow(cut)),
    forgetShare: (share) =>
      inTurn(async () => {
        const cut = await timeOfShare(writer, share);
        return cut === undefined ? 0 : forgetNow(Number(floorMs(cut)) + 1);
      }),
    reclaim: () => inTurn(() => reclaim(writer)),
    holdMirror: async (most) => {
      await mirrorUpTo(most);
      const keeper = mirrored;
      const mirror = keeper?.mirror();
      if (keeper === undefined || mirror === undefined || mirror.count > most) return { value: undefined, release: () => undefined };
      return { value: mirror, release: keeper.hold() };
    },
    makeMirror: (most) => mirrorUpTo(most),
    idle: () => {
      leaving = true;
      return inTurn(async () => undefined);
    },
  };
}

async function writeBatch(
  writer: DuckDBConnection,
  state: EncoderState,
  batch: Batch,
  encoded: EncodedBatch,
  sessions: FoldedSessions,
  next: NextIds,
  linesBefore: LineLog,
  lines: LineLog,
): Promise<number> {
  const { rows } = encoded;
  if (sessions.turnedMixed.length > 0)
    await execute(
      writer,
      `UPDATE sessions SET kind = ${MIXED}, back = 0 WHERE kind <> ${HIDDEN} AND attempt IN (SELECT unnest($attempts))`,
      { attempts: idList(sessions.turnedMixed) },
    );
  await appendColumns(writer, "sessions", SESSION_COLUMNS, sessions.columns, sessions.count);
  const rowColumns = [
    rows.ts,
    new BigUint64Array(rows.hi.buffer),
    new BigUint64Array(rows.lo.buffer),
    sessions.ofRow,
    rows.packets,
    rows.extra,
  ];
  await appendColumns(writer, "flows", ROW_COLUMNS, rowColumns, rows.count);
  const session = await mergeLateSiblings(writer, state, encoded.lateSiblings, next.session + sessions.count);
  await appendTexts(writer, state.pool.pending());
  if (encoded.span)
    await appendLeftovers(
      writer,
      { first: next.leftover, texts: encoded.leftovers.map((list) => JSON.stringify(list)) },
      encoded.span.newest,
    );
  const entries = state.lexicon.pending();
  if (entries) await execute(writer, "INSERT INTO entries VALUES ($batch, $data)", { batch: next.batch, data: blobOf(entries) });
  await writeLineLog(writer, linesBefore, lines);
  await writePosition(writer, batch.position);
  await execute(writer, NEXT_VERSION);
  return session;
}

function mirrorRows({ count, columns }: FoldedSessions): MirrorRows {
  const column = (name: string): FoldedSessions["columns"][number] | undefined =>
    columns[SESSION_COLUMNS.findIndex((one) => one.name === name)];
  const ints = (name: string): Int32Array => {
    const found = column(name);
    if (found instanceof Int32Array || found instanceof Uint32Array) return asInts(found);
    throw new TypeError(`${name} is no number`);
  };
  const bigs = (name: string): BigInt64Array => {
    const found = column(name);
    if (found instanceof BigInt64Array) return found;
    throw new TypeError(`${name} is no bigint`);
  };
  const kind = column("kind");
  if (!(kind instanceof Uint8Array)) throw new TypeError("a kind is a byte");
  return {
    count,
    session: ints("id"),
    attempt: ints("attempt"),
    kind,
    first: bigs("first"),
    last: bigs("last"),
    back: bigs("back"),
    packets: bigs("packets"),
    ids: {
      sender: ints("sender"),
      sip: ints("sip"),
      place: ints("place"),
      event: ints("event"),
      policies: ints("policies"),
      node: ints("node"),
      dport: ints("dport"),
      grp: ints("grp"),
    },
  };
}

/** First and last instant of all rows. */
export async function readSpan(connection: DuckDBConnection): Promise<StoredState["span"]> {
  const found = await select(connection, "SELECT coalesce(min(ts), 0), coalesce(max(ts), 0), count(*) FROM flows");
  const [oldest, newest, count] = [found.bigs(0)[0] ?? 0n, found.bigs(1)[0] ?? 0n, found.bigs(2)[0] ?? 0n];
  return count === 0n ? undefined : { oldest, newest };
}

function wider(one: StoredState["span"], other: StoredState["span"]): StoredState["span"] {
  if (!one || !other) return one ?? other;
  return {
    oldest: earlier(one.oldest, other.oldest),
    newest: later(one.newest, other.newest),
  };
}
