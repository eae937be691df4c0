/** Whether flows come through this Weir, so that it can show them as they come; into a cluster they come by themselves. */
import "server-only";
import { getRuntime } from "#lib/server/runtime.ts";

export function canBeLive(): boolean {
  return getRuntime().config.adx === undefined;
}
