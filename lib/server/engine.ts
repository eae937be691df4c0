/** The engine thread: alone owns the store, runs the feeds, answers questions from the main thread. */
import { parentPort, workerData } from "node:worker_threads";
import { earlyReader } from "#lib/feeds/file/early-reader.ts";
import { createFeeds } from "./create-feeds.ts";
import { createEngineCore } from "./engine-core.ts";
import type { EngineNews, EngineSettings } from "./engine-protocol.ts";
import { openStore } from "./open-store.ts";
import { refusedHandlers } from "./refused.ts";
import { serveCalls } from "./rpc.ts";

const port = parentPort;
if (port === null) throw new Error("engine.ts is a worker thread");
const tell = (news: EngineNews): void => port.postMessage(news);
const onBug = (method: string, error: unknown): void =>
  tell({ news: "trouble", text: `${method}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}` });

const settings = givenSettings(workerData);
const reader = earlyReader(settings.files);
const opened = await openStore(settings);
if (opened.is === "refused") {
  void reader.close();
  tell({ news: "refused", text: opened.why });
  serveCalls(port, refusedHandlers(opened.why, opened.next), onBug);
} else {
  const feeds = createFeeds(settings, Date.now(), reader.start);
  const core = createEngineCore({
    store: opened.store,
    feeds,
    demo: settings.demo,
    retentionDays: settings.adx !== undefined ? settings.fillHours / 24 : settings.retentionDays,
    retentionBytes: settings.retentionBytes,
    tell,
    onBroken: (error) => {
      onBug("the store takes no more flows and is opened again", error);
      // ended in order, so that the lock and the file are free for the next thread, which goes on from the stored positions
      void core.close().finally(() => process.exit(1));
    },
  });
  serveCalls(port, core.handlers, onBug);
  tell({ news: "ready", store: opened.store.name, feeds: feeds.flatMap((feed) => feed.names) });
}

/** `startEngine` is the only one who starts this file and its `settings` have this type. */
function givenSettings(data: unknown): EngineSettings {
  return data as EngineSettings;
}
