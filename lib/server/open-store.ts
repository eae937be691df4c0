/** Opens the store a run was told to use. */
import type { FlowSink } from "#lib/flows/batch.ts";
import { openDuckdbStore } from "#lib/stores/duckdb/duckdb-store.ts";
import type { FlowStore, Forgetful } from "#lib/stores/flow-store.ts";
import type { EngineSettings } from "./engine-protocol.ts";

export type OpenedStore =
  | { readonly is: "open"; readonly store: FlowStore & FlowSink & Forgetful }
  | { readonly is: "refused"; readonly why: string };

/** Demo data lives in memory only, so that it never meets a real flow. */
export async function openStore(settings: EngineSettings): Promise<OpenedStore> {
  const { demo, dataDir, memoryMb } = settings;
  const opened = await openDuckdbStore({
    directory: demo === undefined ? dataDir : undefined,
    memoryMb,
    now: Date.now,
    ...(demo === undefined ? {} : { demo: { seed: demo.seed } }),
  });
  return opened.problem === undefined ? { is: "open", store: opened.store } : { is: "refused", why: opened.problem };
}
