import { DuckDBInstance } from "@duckdb/node-api";
import { expect, test } from "vitest";
import { execute, select } from "./database.ts";
import { createSnapshots } from "./snapshot.ts";

test("questions that wait together share a snapshot, later ones see a later one, and one that fails spoils no other", async () => {
  const instance = await DuckDBInstance.create(":memory:");
  const [reader, writer] = [await instance.connect(), await instance.connect()];
  await execute(writer, "CREATE TABLE clock AS SELECT 1::BIGINT AS version");
  let holds = 0;
  let held = 0;
  const snapshots = createSnapshots(reader, async () => {
    holds += 1;
    held += 1;
    return {
      value: holds,
      release: () => {
        held -= 1;
      },
    };
  });
  const ask = (sql = "SELECT version FROM clock"): Promise<{ version: bigint; hold: number; read: bigint | undefined; held: number }> =>
    snapshots.inSnapshot(async (version, hold) => ({ version, hold, read: (await select(reader, sql)).bigs(0)[0], held }));
  const first = snapshots.inSnapshot(async (version, hold) => {
    await execute(writer, "UPDATE clock SET version = 2");
    return { version, hold, read: (await select(reader, "SELECT version FROM clock")).bigs(0)[0], held };
  });
  const [second, failing, third, fourth] = [ask(), ask("SELECT 1 // 0 AS no, error('broken')"), ask(), ask()];
  expect(await first).toEqual({ version: 1n, hold: 1, read: 1n, held: 1 });
  expect(await second).toEqual({ version: 2n, hold: 2, read: 2n, held: 1 });
  await expect(failing).rejects.toThrow("broken");
  expect(await third).toEqual({ version: 2n, hold: 3, read: 2n, held: 1 });
  expect(await fourth).toEqual({ version: 2n, hold: 3, read: 2n, held: 1 });
  await snapshots.idle();
  expect(held).toBe(0);
  reader.closeSync();
  await expect(ask()).rejects.toThrow();
  expect(held).toBe(0);
  writer.closeSync();
  instance.closeSync();
});
