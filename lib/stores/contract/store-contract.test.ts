import { createMemoryStore } from "#lib/stores/memory/memory-store.ts";
import { describeStore } from "./store-contract.ts";

describeStore("The in-memory reference", async () => createMemoryStore({ now: () => 1_737_619_300_000 }));
