/** Sessions of the mirror that reach over an end of a window: their flows inside are summed again, which is all that SQL is asked for. */
import type { DuckDBConnection } from "@duckdb/node-api";
import { byAttempt } from "./by-attempt.ts";
import { idList, select } from "./database.ts";
import { instantAt, splitInstants } from "./instant.ts";
import type { Mirror } from "./mirror.ts";
import { partsOf } from "./mirror-parts.ts";
import { COUNTS_DISTINCT, COUNTS_NOTHING, NO_PARTS, type Parts, pickParts } from "./parts.ts";
import { LATER } from "./schema.ts";
import type { Span } from "./span.ts";

/** `rows`: of the mirror, each with its first flow before the window or its last after it. */
export async function crossingParts(connection: DuckDBConnection, mirror: Mirror, rows: Uint32Array, span: Span): Promise<Parts> {
  if (rows.length === 0) return NO_PARTS;
  const { lowEnd, highStart } = edgesOf(mirror, rows, span);
  const sessions = Array.from(rows, (row) => mirror.session[row] ?? 0);
  // Flows of such sessions lie between the window's end and the session's own: a small part of the window as a rule.
  const found = await select(
    connection,
    `SELECT f.session, min(f.ts), max(f.ts), sum(f.packets)::DOUBLE FROM flows f
     WHERE ((f.ts >= $from AND f.ts <= $lowEnd) OR (f.ts >= $highStart AND f.ts < $to)) AND f.session IN (SELECT unnest($crossing))
     GROUP BY f.session`,
    { from: span.from, to: span.to, lowEnd, highStart, crossing: idList(sessions) },
  );
  const [session, packets] = [found.ints(0), found.floats(3)];
  const [first, last] = [splitInstants(found.bigs(1)), splitInstants(found.bigs(2))];
  const placeOf = new Map(Array.from(session, (id, place) => [id, place]));
  const sorted = byAttempt(mirror.attempt, rows);
  const parts = partsOf(mirror, sorted);
  const from = Number(span.from / 1_000_000n);
  const keep: number[] = [];
  for (let at = 0; at < parts.count; at++) {
    const place = placeOf.get(parts.session[at] ?? 0);
    if (place === undefined) continue;
    const row = sorted[at] ?? 0;
    const began = mirror.kind[row] === LATER && (mirror.firstMs[row] ?? 0) - (mirror.back[row] ?? 0) >= from;
    // A FRESH session that begins before the window is no longer the one that counts: the next one inside may belong to the same attempt.
    parts.mode[at] = began ? COUNTS_NOTHING : COUNTS_DISTINCT;
    parts.firstMs[at] = first.ms[place] ?? 0;
    parts.firstNs[at] = first.ns[place] ?? 0;
    parts.lastMs[at] = last.ms[place] ?? 0;
    parts.lastNs[at] = last.ns[place] ?? 0;
    parts.packets[at] = packets[place] ?? 0;
    keep.push(at);
  }
  return pickParts(parts, keep);
}

/** How far sessions reach into the window from before it, and where those that leave it begin. */
function edgesOf(mirror: Mirror, rows: Uint32Array, span: Span): { readonly lowEnd: bigint; readonly highStart: bigint } {
  const [from, to] = [Number(span.from / 1_000_000n), Number(span.to / 1_000_000n)];
  let low = from;
  let high = to;
  for (const row of rows) {
    const first = mirror.firstMs[row] ?? 0;
    const last = mirror.lastMs[row] ?? 0;
    if (first < from && last > low) low = last;
    if (last >= to && first < high) high = first;
  }
  // To the end of the millisecond.
  return { lowEnd: instantAt(Math.min(low, to - 1), 999_999), highStart: instantAt(Math.max(high, from), 0) };
}
