import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Store } from "#lib/stores/contract/law.ts";
import { describeStore } from "#lib/stores/contract/store-contract.ts";
import { openDuckdbStore } from "./duckdb-store.ts";

const now = (): number => 1_737_619_300_000;

let directory = "";
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "weir-store-"));
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

async function open(): Promise<Store> {
  const opened = await openDuckdbStore({ directory, now });
  if (opened.problem !== undefined) throw new Error(opened.problem);
  return opened.store;
}

describeStore("DuckDB in a directory", open);

test("a directory that is open is refused with a sentence", async () => {
  const store = await open();
  const second = await openDuckdbStore({ directory, now });
  expect(second.problem).toMatch(
    /^The data directory .* is in use: this process has it open already\. Stop it, or choose another directory\.$/,
  );
  await store.close();
  const third = await open();
  await third.close();
});
