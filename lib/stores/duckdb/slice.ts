/**
 * The flows that a question lets through inside a window, cut so that attempts can be counted fast and exactly: most sessions are plain (SQL
 * sums them, a FRESH one is one attempt), the rest become parts in memory, where each attempt is counted once however many parts it has.
 */
import type { DuckDBConnection } from "@duckdb/node-api";
import { UUID_NONE } from "#lib/flows/uuid-words.ts";
import { earlier, later } from "./big-order.ts";
import { idList, select, type Values } from "./database.ts";
import type { Asked } from "./filter-predicate.ts";
import { idText, keyOfId } from "./flow-id.ts";
import type { Lexicon } from "./lexicon.ts";
import type { Mirror } from "./mirror.ts";
import { crossingParts } from "./mirror-crossing.ts";
import { cutMirror, type MirrorPlain } from "./mirror-slice.ts";
import {
  COUNTS_DISTINCT,
  COUNTS_NOTHING,
  COUNTS_ONE,
  mergeParts,
  NO_PARTS,
  PART_SELECT,
  PART_WIDTH,
  type Parts,
  pickParts,
  readParts,
} from "./parts.ts";
import { passes, toCondition } from "./predicate.ts";
import { FRESH, HIDDEN, LATER } from "./schema.ts";
import type { Span } from "./span.ts";

export interface Slice extends Span {
  readonly parts: Parts;
  /** Sessions that can be counted as they are; undefined = none, the parts are all. */
  readonly plain: SqlPlain | MirrorPlain | undefined;
}

/** A condition over `sessions s`. */
export interface SqlPlain {
  readonly is: "sql";
  readonly sql: string;
  readonly values: Values;
}

/** How many rows a slice keeps in memory. */
export function heldBy(slice: Slice): number {
  return slice.parts.count + (slice.plain?.is === "mirror" ? slice.plain.held() : 0);
}

/** Up to so many sessions a slice is held in memory as a whole: every grouping of a selective filter is then one pass over it. */
export const HELD = 200_000;

/** Milliseconds that `first` lies after the attempt's first flow are in `back`; the attempt began inside the window iff this holds. */
const BEGAN_INSIDE = "s.first >= $from + s.back * 1000000";
const PLAIN = `s.first >= $from AND s.last < $to AND (s.kind = ${FRESH} OR (s.kind = ${LATER} AND ${BEGAN_INSIDE}))`;
const TOUCHES = `s.last >= $from AND s.first < $to AND s.kind <> ${HIDDEN}`;
const INSIDE = "s.first >= $from AND s.last < $to";

export async function cutSlice(
  connection: DuckDBConnection,
  lexicon: Lexicon,
  asked: Asked,
  span: Span,
  mostHeld: number,
  mirror: Mirror | undefined,
): Promise<Slice> {
  const nothing = { ...span, parts: NO_PARTS, plain: undefined };
  if (asked.predicate.is === "none" || span.from >= span.to) return nothing;
  const mirrored = mirror && asked.uuids.length === 0 ? cutMirror(mirror, lexicon, asked.predicate, span) : undefined;
  if (mirrored) {
    const { plain, parts, crossing } = mirrored;
    const outside = await crossingParts(connection, mirrored.plain.mirror, crossing, span);
    return { ...span, parts: mergeParts(parts, outside), plain };
  }
  const condition = toCondition(asked.predicate);
  const named = await namedSessions(connection, asked);
  const filter = named.length === 0 ? `(${condition.sql})` : `(${condition.sql}) AND s.id NOT IN (SELECT unnest($named))`;
  const values: Values = {
    ...condition.values,
    ...(named.length > 0 && { named: idList(named) }),
    from: span.from,
    to: span.to,
  };
  const sizes = await select(
    connection,
    `SELECT count(*) FILTER (${PLAIN}), count(*) FILTER (NOT (${INSIDE})) , count(*) FROM sessions s WHERE ${TOUCHES} AND ${filter}`,
    values,
  );
  const [plain, cut, all] = [0, 1, 2].map((index) => Number(sizes.bigs(index)[0] ?? 0n));
  if ((all ?? 0) === 0 && named.length === 0) return nothing;
  // Sessions of one attempt agree in all that a filter reads, except whether their lines have a uuid.
  const loose = asked.uuids.includes("");
  const held = loose || (all ?? 0) <= mostHeld;
  const inside = await insideParts(connection, held ? INSIDE : `${INSIDE} AND NOT (${PLAIN})`, filter, values, loose);
  const outside = (cut ?? 0) > 0 ? await cutParts(connection, filter, values, span, loose) : NO_PARTS;
  const looked = named.length > 0 ? await lookedParts(connection, lexicon, asked, named, span) : NO_PARTS;
  const parts = mergeParts(mergeParts(inside, outside), looked);
  if (held || (plain ?? 0) === 0) return { ...span, parts, plain: undefined };
  return { ...span, parts, plain: { is: "sql", sql: `${PLAIN} AND ${filter}`, values } };
}

async function insideParts(connection: DuckDBConnection, where: string, filter: string, values: Values, loose: boolean): Promise<Parts> {
  const found = await select(
    connection,
    `SELECT ${PART_SELECT}, (${BEGAN_INSIDE}) FROM sessions s WHERE ${TOUCHES} AND ${where} AND ${filter} ORDER BY s.attempt`,
    values,
  );
  const began = found.ints(PART_WIDTH);
  return readParts(found, (row, kind) => (loose ? COUNTS_DISTINCT : modeOf(kind, began[row] === 1)));
}

function modeOf(kind: number, beganInside: boolean): number {
  if (kind === FRESH) return COUNTS_ONE;
  return kind === LATER && beganInside ? COUNTS_NOTHING : COUNTS_DISTINCT;
}

/** Sessions that reach over an end of the window: their flows inside are summed again. */
async function cutParts(connection: DuckDBConnection, filter: string, values: Values, span: Span, loose: boolean): Promise<Parts> {
  const crossing = await select(
    connection,
    `SELECT s.id, s.first, s.last FROM sessions s WHERE ${TOUCHES} AND NOT (${INSIDE}) AND ${filter}`,
    values,
  );
  return clippedParts(connection, [...crossing.ints(0)], crossing.bigs(1), crossing.bigs(2), span, loose);
}

async function clippedParts(
  connection: DuckDBConnection,
  crossing: readonly number[],
  first: BigInt64Array | BigUint64Array,
  last: BigInt64Array | BigUint64Array,
  span: Span,
  loose: boolean,
): Promise<Parts> {
  // Flows of such a session lie between the window's end and the session's own: a small part of the window as a rule.
  const ranges = rangesOf(first, last, span);
  const found = await select(
    connection,
    `SELECT s.attempt, s.kind, r.first, r.last, r.packets, s.id, ${PART_SELECT.split("s.id, ")[1]}, (${BEGAN_INSIDE}) FROM (
       SELECT f.session, min(f.ts) AS first, max(f.ts) AS last, sum(f.packets)::DOUBLE AS packets FROM flows f
       WHERE ((f.ts >= $from AND f.ts <= $lowEnd) OR (f.ts >= $highStart AND f.ts < $to)) AND f.session IN (SELECT unnest($crossing))
       GROUP BY f.session
     ) r JOIN sessions s ON s.id = r.session WHERE s.id IN (SELECT unnest($crossing)) ORDER BY s.attempt`,
    { from: span.from, to: span.to, ...ranges, crossing: idList(crossing) },
  );
  const began = found.ints(PART_WIDTH);
  // A FRESH session that begins before the window is no longer the one that counts: the next one inside may belong to the same attempt.
  return readParts(found, (row, kind) => (kind === LATER && began[row] === 1 && !loose ? COUNTS_NOTHING : COUNTS_DISTINCT));
}

function rangesOf(first: BigInt64Array | BigUint64Array, last: BigInt64Array | BigUint64Array, span: Span): Values {
  let lowEnd = span.from;
  let highStart = span.to;
  for (let row = 0; row < first.length; row++) {
    const [begin, end] = [first[row] ?? 0n, last[row] ?? 0n];
    if (begin < span.from && end > lowEnd) lowEnd = end;
    if (end >= span.to && begin < highStart) highStart = begin;
  }
  return { lowEnd: earlier(lowEnd, span.to - 1n), highStart: later(highStart, span.from) };
}

/** Sessions of every attempt that has a flow whose uuid the filter names. */
async function namedSessions(connection: DuckDBConnection, asked: Asked): Promise<number[]> {
  const found = new Set<number>();
  for (const uuid of asked.uuids) {
    const { hi, lo } = keyOfId(uuid);
    const rows = await select(
      connection,
      `SELECT id FROM sessions WHERE attempt IN (
        SELECT s.attempt FROM flows f JOIN sessions s ON s.id = f.session WHERE f.hi = $hi AND f.lo = $lo)`,
      { hi, lo },
    );
    for (const session of rows.ints(0)) found.add(session);
  }
  return [...found];
}

/** Each flow of those sessions alone, tested with its uuid. */
async function lookedParts(
  connection: DuckDBConnection,
  lexicon: Lexicon,
  asked: Asked,
  sessions: readonly number[],
  span: Span,
): Promise<Parts> {
  const keys = new Map(asked.uuids.map((uuid) => [keyText(keyOfId(uuid)), uuid]));
  const found = await select(
    connection,
    `SELECT s.attempt, s.kind, f.ts, f.ts, f.packets::DOUBLE, s.id, ${PART_SELECT.split("s.id, ")[1]}, f.hi, f.lo
     FROM flows f JOIN sessions s ON s.id = f.session
     WHERE f.session IN (SELECT unnest($sessions)) AND f.ts >= $from AND f.ts < $to AND s.kind <> ${HIDDEN} ORDER BY s.attempt`,
    { sessions: idList(sessions), from: span.from, to: span.to },
  );
  const all = readParts(found, () => COUNTS_DISTINCT);
  const [hi, lo] = [found.bigs(PART_WIDTH), found.bigs(PART_WIDTH + 1)];
  const keep: number[] = [];
  for (let row = 0; row < all.count; row++) {
    const kind = lexicon.frames.at(all.ids.frame[row] ?? 0)[2] ?? 0;
    const key = { hi: hi[row] ?? 0n, lo: lo[row] ?? 0n, kind };
    const uuid = keys.get(keyText(key)) ?? (kind === UUID_NONE ? "" : idText(key.hi, key.lo, kind));
    const place = lexicon.places[all.ids.place[row] ?? 0];
    const ids = (column: keyof typeof all.ids | "ip"): number => (column === "ip" ? (place?.ip ?? 0) : (all.ids[column][row] ?? 0));
    if (passes(asked.predicate, { ids, uuid })) keep.push(row);
  }
  return pickParts(all, keep);
}

function keyText(key: { readonly hi: bigint; readonly lo: bigint; readonly kind: number }): string {
  return `${key.hi} ${key.lo} ${key.kind}`;
}
