/** Questions see one state of the tables: a read transaction and the version it shows, shared by those that wait for it together. */
import type { DuckDBConnection } from "@duckdb/node-api";
import { execute, select } from "./database.ts";

export interface Snapshots<H> {
  /**
   * Runs one at a time: wide questions in parallel would only take the cores from one another and from the writer. The questions that wait when
   * a snapshot is begun share it; those that come later see a later one, so that what is held for it is let go of.
   */
  inSnapshot<T>(work: (version: bigint, held: H) => Promise<T>): Promise<T>;
  /** Settles when nothing is under way. */
  idle(): Promise<void>;
}

export interface Held<H> {
  readonly value: H;
  release(): void;
}

export const HOLDS_NOTHING = async (): Promise<Held<undefined>> => ({ value: undefined, release: () => undefined });

/** Settles its question; answers whether the transaction can go on. */
type Waiting<H> = (version: bigint, held: H) => Promise<boolean>;

interface Queued<H> {
  readonly run: Waiting<H>;
  readonly refuse: (reason: unknown) => void;
}

/** `hold`: something that stays as it is from before a snapshot until its questions are answered. */
export function createSnapshots<H>(connection: DuckDBConnection, hold: () => Promise<Held<H>>): Snapshots<H> {
  let queued: Queued<H>[] = [];
  let turns: Promise<void> | undefined;

  /** Takes questions off the list until one fails: DuckDB answers nothing more in a transaction in which a statement failed. */
  const oneSnapshot = async (waiting: Queued<H>[]): Promise<void> => {
    const { value, release } = await hold();
    try {
      await execute(connection, "BEGIN TRANSACTION");
      try {
        // The first statement fixes what the transaction sees.
        const version = (await select(connection, "SELECT version FROM clock")).bigs(0)[0] ?? 0n;
        for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) if (!(await next.run(version, value))) break;
      } finally {
        await execute(connection, "ROLLBACK");
      }
    } finally {
      release();
    }
  };
  const takeTurns = async (): Promise<void> => {
    while (queued.length > 0) {
      const waiting = queued;
      queued = [];
      while (waiting.length > 0) {
        try {
          await oneSnapshot(waiting);
        } catch (reason) {
          for (const { refuse } of waiting.splice(0)) refuse(reason);
        }
      }
    }
    turns = undefined;
  };
  return {
    inSnapshot: (work) =>
      new Promise((resolve, reject) => {
        const run: Waiting<H> = async (version, held) => {
          try {
            resolve(await work(version, held));
            return true;
          } catch (reason) {
            reject(reason);
            return false;
          }
        };
        queued.push({ run, refuse: reject });
        turns ??= takeTurns();
      }),
    idle: async () => {
      await turns;
    },
  };
}
