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
  const flows = await flowsWithin(connection, mirror, rows, edgesOf(mirror, rows, span));
  const sorted = byAttempt(mirror.attempt, rows);
  const parts = partsOf(mirror, mirror, sorted);
  const from = Number(span.from / 1_000_000n);
  const keep: number[] = [];
  for (let at = 0; at < parts.count; at++) {
    const inside = flows.get(parts.session[at] ?? 0);
    if (inside === undefined) continue;
    const row = sorted[at] ?? 0;
    const began = mirror.kind[row] === LATER && (mirror.firstMs[row] ?? 0) - (mirror.back[row] ?? 0) >= from;
    // A FRESH session that begins before the window is no longer the one that counts: the next one inside may belong to the same attempt.
    parts.mode[at] = began ? COUNTS_NOTHING : COUNTS_DISTINCT;
    parts.firstMs[at] = inside.firstMs;
    parts.firstNs[at] = inside.firstNs;
    parts.lastMs[at] = inside.lastMs;
    parts.lastNs[at] = inside.lastNs;
    parts.packets[at] = inside.packets;
    keep.push(at);
  }
  return pickParts(parts, keep);
}

interface FlowsInside {
  firstMs: number;
  firstNs: number;
  lastMs: number;
  lastNs: number;
  packets: number;
}

/** By session. Summed here: grouping by session makes DuckDB lay out an array as long as the ids are high. */
async function flowsWithin(
  connection: DuckDBConnection,
  mirror: Mirror,
  rows: Uint32Array,
  pieces: readonly Span[],
): Promise<ReadonlyMap<number, FlowsInside>> {
  const crossing = idList(Array.from(rows, (row) => mirror.session[row] ?? 0));
  const inside = new Map<number, FlowsInside>();
  for (const { from, to } of pieces) {
    const found = await select(
      connection,
      "SELECT session, ts, packets::DOUBLE FROM flows WHERE ts >= $from AND ts < $to AND session IN (SELECT unnest($crossing))",
      { from, to, crossing },
    );
    const [session, times, packets] = [found.ints(0), splitInstants(found.bigs(1)), found.floats(2)];
    for (let at = 0; at < found.count; at++) {
      const ms = times.ms[at] ?? 0;
      const ns = times.ns[at] ?? 0;
      const id = session[at] ?? 0;
      const known = inside.get(id);
      if (known === undefined) {
        inside.set(id, { firstMs: ms, firstNs: ns, lastMs: ms, lastNs: ns, packets: packets[at] ?? 0 });
        continue;
      }
      known.packets += packets[at] ?? 0;
      if (ms < known.firstMs || (ms === known.firstMs && ns < known.firstNs)) {
        known.firstMs = ms;
        known.firstNs = ns;
      }
      if (ms > known.lastMs || (ms === known.lastMs && ns > known.lastNs)) {
        known.lastMs = ms;
        known.lastNs = ns;
      }
    }
  }
  return inside;
}

/** The pieces of the window that flows of such sessions can lie in; they do not overlap. */
function edgesOf(mirror: Mirror, rows: Uint32Array, span: Span): readonly Span[] {
  const [from, to] = [Number(span.from / 1_000_000n), Number(span.to / 1_000_000n)];
  let low = from - 1;
  let high = to;
  for (const row of rows) {
    const first = mirror.firstMs[row] ?? 0;
    const last = mirror.lastMs[row] ?? 0;
    if (first < from && last > low) low = last;
    if (last >= to && first < high) high = first;
  }
  const [lowEnd, highStart] = [Math.min(low + 1, to), Math.max(high, from)];
  if (lowEnd >= highStart) return [span];
  const pieces = [
    { from: span.from, to: instantAt(lowEnd, 0) },
    { from: instantAt(highStart, 0), to: span.to },
  ];
  return pieces.filter((piece) => piece.from < piece.to);
}
