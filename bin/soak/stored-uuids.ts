/** The uuids of all flows in a data directory that nobody has open. */
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { DATABASE_NAME } from "#lib/stores/duckdb/duckdb-store.ts";

export async function storedUuids(directory: string): Promise<ReadonlySet<string>> {
  const instance = await DuckDBInstance.create(join(directory, DATABASE_NAME));
  const connection = await instance.connect();
  const uuids = new Set<string>();
  const result = await connection.stream("SELECT hi, lo FROM flows");
  let rows = 0;
  for await (const page of result.yieldRows()) {
    for (const [hi, lo] of page) {
      uuids.add(uuidText(String(hi), String(lo)));
      rows += 1;
    }
  }
  connection.closeSync();
  instance.closeSync();
  if (rows !== uuids.size) throw new Error(`${rows - uuids.size} flows are stored twice`);
  return uuids;
}

function uuidText(hi: string, lo: string): string {
  const hex = `${BigInt(hi).toString(16).padStart(16, "0")}${BigInt(lo).toString(16).padStart(16, "0")}`;
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
