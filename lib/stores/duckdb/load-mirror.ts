/** Builds the mirror from the stored sessions. */
import type { DuckDBConnection } from "@duckdb/node-api";
import { select } from "./database.ts";
import { asInts, createMirror, type MirrorKeeper, type MirrorRows } from "./mirror.ts";
import { type Columns, eachChunk } from "./read-columns.ts";
import type { SegmentSizes } from "./rollup.ts";
import { rollUp } from "./rollups.ts";

/** Reads every session; runs between two batches. Undefined when it is not wanted any more. */
export async function loadMirror(
  connection: DuckDBConnection,
  version: bigint,
  segments: SegmentSizes,
  sessions: number,
  wanted: () => boolean,
): Promise<MirrorKeeper | undefined> {
  const keeper = createMirror(version, segments, sessions);
  const found = await connection.stream(`SELECT ${MIRRORED} FROM sessions`);
  let segment = 0;
  const whole = await eachChunk(found, (rows) => {
    keeper.add(mirrorRowsOf(rows));
    const mirror = keeper.mirror();
    // Here and not at the first question, which a person waits for.
    segment = rollUp(mirror, segment);
    return wanted();
  });
  return whole ? keeper : undefined;
}

/** All sessions of the attempts that sessions from this id on belong to. */
export async function sessionsSince(connection: DuckDBConnection, id: number): Promise<MirrorRows> {
  const where = "attempt IN (SELECT attempt FROM sessions WHERE id >= $id)";
  return mirrorRowsOf(await select(connection, `SELECT ${MIRRORED} FROM sessions WHERE ${where}`, { id }));
}

const MIRRORED = "id, attempt, kind, first, last, back, packets, sender, sip, place, event, policies, node, dport, grp";

function mirrorRowsOf(rows: Columns): MirrorRows {
  const ints = (index: number): Int32Array => asInts(rows.ints(index));
  const bigs = (index: number): BigInt64Array => {
    const found = rows.bigs(index);
    if (found instanceof BigInt64Array) return found;
    throw new TypeError(`column ${index} is not signed`);
  };
  const kind = rows.ints(2);
  if (!(kind instanceof Uint8Array)) throw new TypeError("a kind is a byte");
  return {
    count: rows.count,
    session: ints(0),
    attempt: ints(1),
    kind,
    first: bigs(3),
    last: bigs(4),
    back: bigs(5),
    packets: bigs(6),
    ids: {
      sender: ints(7),
      sip: ints(8),
      place: ints(9),
      event: ints(10),
      policies: ints(11),
      node: ints(12),
      dport: ints(13),
      grp: ints(14),
    },
  };
}
