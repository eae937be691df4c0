/** One question sees one state of the tables: a read transaction and the version it shows. */
import type { DuckDBConnection } from "@duckdb/node-api";
import { execute, select } from "./database.ts";

export interface Snapshots {
  /** Runs one at a time: wide questions in parallel would only take the cores from one another and from the writer. */
  inSnapshot<T>(work: (version: bigint) => Promise<T>): Promise<T>;
  /** The same with something that stays as it is from before the snapshot until the work is done. */
  inSnapshotWith<H, T>(hold: () => Promise<Held<H>>, work: (version: bigint, held: H) => Promise<T>): Promise<T>;
  /** Settles when nothing is under way. */
  idle(): Promise<void>;
}

export interface Held<H> {
  readonly value: H;
  release(): void;
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
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = tail.then(work);
    tail = turn.catch(() => undefined);
    return turn;
  };
  return {
    inSnapshot: (work) => inTurn(() => run(work)),
    inSnapshotWith: (hold, work) =>
      inTurn(async () => {
        const { value, release } = await hold();
        try {
          return await run((version) => work(version, value));
        } finally {
          release();
        }
      }),
    idle: async () => {
      await tail;
    },
  };
}
