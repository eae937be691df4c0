/** Forgets flows that are too old, in one transaction, and keeps counting exact for what stays. */
import type { DuckDBConnection } from "@duckdb/node-api";
import { execute, idList, select } from "./database.ts";
import { NEXT_VERSION } from "./ingest.ts";
import { HIDDEN, MIXED } from "./schema.ts";

/** Removes every flow before `cut` (nanoseconds since 1970); answers how many. Runs between two batches. */
export async function forgetBefore(writer: DuckDBConnection, cut: bigint): Promise<number> {
  await execute(writer, "BEGIN TRANSACTION");
  try {
    const old = await select(writer, "SELECT count(*) FROM flows WHERE ts < $cut", { cut });
    const count = Number(old.bigs(0)[0] ?? 0n);
    if (count > 0) {
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
      if (crossing.count > 0) await execute(writer, RECOUNT, { ids: idList([...crossing.ints(0)]) });
      await execute(writer, NEXT_VERSION);
    }
    await execute(writer, "COMMIT");
    return count;
  } catch (error) {
    await execute(writer, "ROLLBACK");
    throw error;
  }
}

const RECOUNT = `UPDATE sessions SET first = r.first, last = r.last, flows = r.flows, packets = r.packets FROM (
  SELECT session, min(ts) AS first, max(ts) AS last, count(*)::UINTEGER AS flows, sum(packets)::BIGINT AS packets
  FROM flows WHERE session IN (SELECT unnest($ids)) GROUP BY session
) r WHERE sessions.id = r.session`;
