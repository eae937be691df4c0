/** One question sees one state of the tables: a read transaction and the version it shows. */
import type { DuckDBConnection } from "@duckdb/node-api";
import { execute, select } from "./database.ts";

export interface Snapshots {
  /** Runs one at a time: wide questions in parallel would only take the cores from one another and from the writer. */
  inSnapshot<T>(work: (version: bigint) => Promise<T>): Promise<T>;
  /** Settles when nothing is under way. */
  idle(): Promise<void>;
}

export function createSnapshots(connection: DuckDBConnection): Snapshots {
  let tail: Promise<unknown> = Promise.resolve();
  const run = async <T>(work: (version: bigint) => Promise<T>): Promise<T> => {
    await execute(connection, "BEGIN TRANSACTION");
    try {
      // The first statement fixes what the transaction sees.
      const version = (await select(connection, "SELECT version FROM clock")).bigs(0)[0] ?? 0n;
      return await work(version);
    } finally {
      await execute(connection, "ROLLBACK");
    }
  };
  return {
    inSnapshot: (work) => {
      const turn = tail.then(() => run(work));
      tail = turn.catch(() => undefined);
      return turn;
    },
    idle: async () => {
      await tail;
    },
  };
}
