/** Opens the store a run was told to use. */
import { join } from "node:path";
import type { FlowSink } from "#lib/flows/batch.ts";
import type { AdxSettings } from "#lib/stores/adx/adx-settings.ts";
import { openDuckdbStore } from "#lib/stores/duckdb/duckdb-store.ts";
import type { Scannable } from "#lib/stores/flow-scan.ts";
import type { Filling, FlowStore, Forgetful } from "#lib/stores/flow-store.ts";
import type { HistoryStore } from "#lib/stores/history-store.ts";
import { createJoinedStore } from "#lib/stores/joined/joined-store.ts";
import type { EngineSettings } from "./engine-protocol.ts";
import { hasFeeds } from "./has-feeds.ts";

export type OpenedStore =
  | { readonly is: "open"; readonly store: FlowStore & FlowSink & Partial<Forgetful & Scannable & Filling> }
  | { readonly is: "refused"; readonly why: string; readonly next: string };

type OpenedCluster = { readonly is: "open"; readonly store: HistoryStore & Scannable } | Extract<OpenedStore, { readonly is: "refused" }>;

const HOUR_MS = 3_600_000;
const RECENT_DIRECTORY = "adx-recent";
const FREE_DIRECTORY = "Free the data directory or choose another one with --data, then start Weir again.";
const SET_UP_SIGN_IN = "Check --adx-sign-in and what it needs (client, tenant, secret file, the environment), then start Weir again.";

/** Demo data lives in memory only, so that it never meets a real flow. */
export async function openStore(settings: EngineSettings): Promise<OpenedStore> {
  const { demo, dataDir, memoryMb, adx } = settings;
  if (adx !== undefined) {
    const cluster = await openAdx(adx);
    if (cluster.is === "refused") return cluster;
    return hasFeeds(settings) ? openJoined(cluster.store, settings) : { is: "open", store: { ...cluster.store, ...NO_SINK } };
  }
  const opened = await openDuckdbStore({
    directory: demo === undefined ? dataDir : undefined,
    memoryMb,
    now: Date.now,
    ...(demo === undefined ? {} : { demo: { seed: demo.seed } }),
  });
  return opened.problem === undefined ? { is: "open", store: opened.store } : { is: "refused", why: opened.problem, next: FREE_DIRECTORY };
}

/** Its parts are loaded only now: Microsoft's SDK takes two seconds. */
async function openAdx(settings: AdxSettings): Promise<OpenedCluster> {
  const [{ createAdxStore }, { credentialOf }] = await Promise.all([
    import("#lib/stores/adx/adx-store.ts"),
    import("#lib/stores/adx/sign-in.ts"),
  ]);
  try {
    const store = createAdxStore({ settings, credential: credentialOf(settings), now: Date.now });
    return { is: "open", store };
  } catch (error) {
    return {
      is: "refused",
      next: SET_UP_SIGN_IN,
      why: `Signing in at Azure Data Explorer is not set up: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}

/** What feeds bring is kept in a directory of its own: it must not mix with flows of runs without a cluster. */
async function openJoined(history: HistoryStore & Scannable, settings: EngineSettings): Promise<OpenedStore> {
  const { dataDir, memoryMb, fillHours } = settings;
  const opened = await openDuckdbStore({ directory: join(dataDir, RECENT_DIRECTORY), memoryMb, now: Date.now });
  if (opened.problem !== undefined) {
    await history.close();
    return { is: "refused", why: opened.problem, next: FREE_DIRECTORY };
  }
  return { is: "open", store: createJoinedStore({ history, recent: opened.store, now: Date.now, fillMs: fillHours * HOUR_MS }) };
}

/** No feed runs into a cluster: where there is one, its flows stay here. */
const NO_SINK: FlowSink = {
  append: () => Promise.reject(new Error("nothing is read into Azure Data Explorer")),
  position: () => Promise.resolve(undefined),
};
