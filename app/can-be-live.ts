/** Whether flows come through this Weir, so that it can show them as they come; into a cluster they come by themselves. */
import "server-only";
import { hasFeeds } from "#lib/server/has-feeds.ts";
import { getRuntime } from "#lib/server/runtime.ts";

export function canBeLive(): boolean {
  const { config } = getRuntime();
  return config.adx === undefined || hasFeeds(config);
}
