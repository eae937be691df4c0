import { describeScan } from "#lib/stores/contract/scan-contract.ts";
import { createMemoryStore } from "./memory-store.ts";

describeScan("The in-memory reference", async () => createMemoryStore({ now: () => 1_737_619_300_000 }));
