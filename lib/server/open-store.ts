/** Opens the store a run was told to use. */
import type { FlowSink } from "#lib/flows/batch.ts";
import type { FlowStore } from "#lib/stores/flow-store.ts";
import { createMemoryStore } from "#lib/stores/memory/memory-store.ts";
import type { EngineSettings } from "./engine-protocol.ts";

export type OpenedStore = { readonly is: "open"; readonly store: FlowStore & FlowSink } | { readonly is: "refused"; readonly why: string };

export async function openStore(_settings: EngineSettings): Promise<OpenedStore> {
  return { is: "open", store: createMemoryStore({ now: Date.now, name: "memory" }) };
}
