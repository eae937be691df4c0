/** The numbers of all soak flows in a data directory that nobody has open. */
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { DATABASE_NAME } from "#lib/stores/duckdb/duckdb-store.ts";
import { NUMBERS } from "./soak-lines.ts";

export interface StoredNumbers {
  readonly numbers: ReadonlySet<number>;
  /** Rows whose number another row has too. */
  readonly twice: number;
}

export async function storedNumbers(directory: string): Promise<StoredNumbers> {
  const instance = await DuckDBInstance.create(join(directory, DATABASE_NAME));
  const connection = await instance.connect();
  const numbers = new Set<number>();
  const result = await connection.stream("SELECT ts FROM flows");
  let rows = 0;
  for await (const page of result.yieldRows()) {
    for (const [time] of page) {
      numbers.add(Number(BigInt(String(time)) % BigInt(NUMBERS)));
      rows += 1;
    }
  }
  connection.closeSync();
  instance.closeSync();
  return { numbers, twice: rows - numbers.size };
}
