/** The feeds a run was told to read. */
import type { FlowFeed } from "#lib/feeds/feed.ts";
import type { EngineSettings } from "./engine-protocol.ts";

export function createFeeds(_settings: EngineSettings): readonly FlowFeed[] {
  return [];
}
