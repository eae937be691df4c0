/** The one place both Next's bundles and our own modules see: what the running server is, held by globalThis. */
import type { FlowStore } from "#lib/stores/flow-store.ts";
import type { Config } from "./config.ts";
import type { LiveFlows } from "./engine-client.ts";
import type { Replays } from "./replays.ts";

export interface Runtime {
  readonly store: FlowStore;
  readonly live: LiveFlows;
  readonly replays: Replays;
  readonly config: Config;
  readonly version: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
}

// Next bundles pages and route handlers apart from this process's own modules, so a module variable would exist twice.
declare global {
  var weirRuntime: Runtime | undefined;
}

export function setRuntime(runtime: Runtime): void {
  globalThis.weirRuntime = runtime;
}

export function runtimeSlot(): Runtime | undefined {
  return globalThis.weirRuntime;
}
