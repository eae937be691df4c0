import { describeScan } from "#lib/stores/contract/scan-contract.ts";
import { openDuckdbStore } from "./duckdb-store.ts";

describeScan("DuckDB", async () => {
  const opened = await openDuckdbStore({ directory: undefined, now: () => 1_737_619_300_000 });
  if (opened.problem !== undefined) throw new Error(opened.problem);
  return opened.store;
});
