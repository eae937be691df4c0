/** Forgets flows that are too old, in one transaction, and keeps counting exact for what stays. */
import type { DuckDBConnection } from "@duckdb/node-api";
import { execute, idList, select, type TypedValue } from "./database.ts";
import { splitInstants } from "./instant.ts";
import type { LeftOver } from "./mirror-changes.ts";
import { HIDDEN, MIXED, NEXT_VERSION } from "./schema.ts";

export interface Forgotten {
  readonly flows: number;
  /** Sessions that reached over the cut, as they are now. */
  readonly left: readonly LeftOver[];
}

/** Removes every flow before `cut` (nanoseconds since 1970). Runs between two batches. */
export async function forgetBefore(writer: DuckDBConnection, cut: bigint): Promise<Forgotten> {
  await execute(writer, "BEGIN TRANSACTION");
  try {
    const old = await select(writer, "SELECT count(*) FROM flows WHERE ts < $cut", { cut });
    const flows = Number(old.bigs(0)[0] ?? 0n);
    let left: readonly LeftOver[] = [];
    if (flows > 0) {
      // Attempts that lose flows: their first session is gone or cut, so the promises of FRESH and LATER do not hold any more.
      await execute(
        writer,
        `UPDATE sessions SET kind = ${MIXED}, back = 0 WHERE last >= $cut AND kind <> ${HIDDEN}
          AND attempt IN (SELECT attempt FROM sessions WHERE first < $cut)`,
        { cut },
      );
      const crossing = await select(writer, "SELECT id FROM sessions WHERE first < $cut AND last >= $cut", { cut });
      await execute(writer, "DELETE FROM flows WHERE ts < $cut", { cut });
      await execute(writer, "DELETE FROM sessions WHERE last < $cut", { cut });
      await execute(writer, "DELETE FROM leftovers WHERE until < $cut", { cut });
      if (crossing.count > 0) left = await recount(writer, idList([...crossing.ints(0)]));
      await execute(writer, NEXT_VERSION);
    }
    await execute(writer, "COMMIT");
    return { flows, left };
  } catch (error) {
    await execute(writer, "ROLLBACK");
    throw error;
  }
}

/** The instant before which about this share of all flows lies, in nanoseconds since 1970; undefined = there is no flow. */
export async function timeOfShare(connection: DuckDBConnection, share: number): Promise<bigint | undefined> {
  // DuckDB takes the share as a constant only; it is a number of ours with four digits
  const found = await select(connection, `SELECT coalesce(quantile_disc(ts, ${share.toFixed(4)}), 0), count(*) FROM flows`);
  return (found.bigs(1)[0] ?? 0n) === 0n ? undefined : found.bigs(0)[0];
}

/** Gives blocks that deleted rows left back to the file, where no question stands in the way; else the next one does. */
export async function reclaim(connection: DuckDBConnection): Promise<void> {
  await connection.run("CHECKPOINT").catch(() => undefined);
}

/** Bytes of the blocks in use, without the log that is not merged yet. */
export async function bytesInUse(connection: DuckDBConnection): Promise<number> {
  const found = await select(connection, "SELECT coalesce(sum(used_blocks * block_size), 0)::DOUBLE FROM pragma_database_size()");
  return found.floats(0)[0] ?? 0;
}

async function recount(writer: DuckDBConnection, ids: TypedValue): Promise<readonly LeftOver[]> {
  await execute(writer, RECOUNT, { ids });
  const found = await select(writer, "SELECT id, first, packets::DOUBLE FROM sessions WHERE id IN (SELECT unnest($ids))", { ids });
  const [session, first, packets] = [found.ints(0), splitInstants(found.bigs(1)), found.floats(2)];
  return Array.from(packets, (sum, at) => ({
    session: session[at] ?? 0,
    firstMs: first.ms[at] ?? 0,
    firstNs: first.ns[at] ?? 0,
    packets: sum,
  }));
}

const RECOUNT = `UPDATE sessions SET first = r.first, last = r.last, flows = r.flows, packets = r.packets FROM (
  SELECT session, min(ts) AS first, max(ts) AS last, count(*)::UINTEGER AS flows, sum(packets)::BIGINT AS packets
  FROM flows WHERE session IN (SELECT unnest($ids)) GROUP BY session
) r WHERE sessions.id = r.session`;
