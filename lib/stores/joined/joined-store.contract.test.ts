import { describeStore } from "#lib/stores/contract/store-contract.ts";
import { openDuckdbStore } from "#lib/stores/duckdb/duckdb-store.ts";
import { createMemoryHistory } from "#lib/testing/memory-history.ts";
import { createJoinedStore } from "./joined-store.ts";

const now = (): number => 1_737_619_300_000;

describeStore("A joined store whose history is empty", async () => {
  const opened = await openDuckdbStore({ directory: undefined, now });
  if (opened.problem !== undefined) throw new Error(opened.problem);
  return createJoinedStore({ history: createMemoryHistory(now), recent: opened.store, now, fillMs: 3_600_000, askEveryMs: 0 });
});
