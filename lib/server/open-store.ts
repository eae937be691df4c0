/** Opens the store a run was told to use. */
import type { FlowSink } from "#lib/flows/batch.ts";
import type { AdxSettings } from "#lib/stores/adx/adx-settings.ts";
import { openDuckdbStore } from "#lib/stores/duckdb/duckdb-store.ts";
import type { FlowStore, Forgetful } from "#lib/stores/flow-store.ts";
import type { EngineSettings } from "./engine-protocol.ts";

export type OpenedStore =
  | { readonly is: "open"; readonly store: FlowStore & FlowSink & Partial<Forgetful> }
  | { readonly is: "refused"; readonly why: string; readonly next: string };

const FREE_DIRECTORY = "Free the data directory or choose another one with --data, then start Weir again.";
const SET_UP_SIGN_IN = "Check --adx-sign-in and what it needs (client, tenant, secret file, the environment), then start Weir again.";

/** Demo data lives in memory only, so that it never meets a real flow. */
export async function openStore(settings: EngineSettings): Promise<OpenedStore> {
  const { demo, dataDir, memoryMb, adx } = settings;
  if (adx !== undefined) return openAdx(adx);
  const opened = await openDuckdbStore({
    directory: demo === undefined ? dataDir : undefined,
    memoryMb,
    now: Date.now,
    ...(demo === undefined ? {} : { demo: { seed: demo.seed } }),
  });
  return opened.problem === undefined ? { is: "open", store: opened.store } : { is: "refused", why: opened.problem, next: FREE_DIRECTORY };
}

/** Its parts are loaded only now: Microsoft's SDK takes two seconds. */
async function openAdx(settings: AdxSettings): Promise<OpenedStore> {
  const [{ createAdxStore }, { credentialOf }] = await Promise.all([
    import("#lib/stores/adx/adx-store.ts"),
    import("#lib/stores/adx/sign-in.ts"),
  ]);
  try {
    const store = createAdxStore({ settings, credential: credentialOf(settings), now: Date.now });
    return { is: "open", store: { ...store, ...NO_SINK } };
  } catch (error) {
    return {
      is: "refused",
      next: SET_UP_SIGN_IN,
      why: `Signing in at Azure Data Explorer is not set up: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}

/** No feed runs into a cluster: the configuration refuses every one of them. */
const NO_SINK: FlowSink = {
  append: () => Promise.reject(new Error("nothing is read into Azure Data Explorer")),
  position: () => Promise.resolve(undefined),
};
