/** Runs configurations over flows that are stored: what each entry would have written, how much of it, and why not the rest. A fold, so that any number of flows can stream through. */
import type { BuildContext } from "#lib/filters/criterion.ts";
import type { Flow } from "#lib/flows/flow.ts";
import type { ExporterConfig, TargetVersion } from "./config.ts";
import { Exported, type ReplayEvent } from "./exported.ts";
import { createSeen } from "./replay-blind-spots.ts";
import { createEntryReplay } from "./replay-entry.ts";
import type { ReplayResult } from "./replay-result.ts";

export interface ReplayOptions {
  /** Side by side: the current one and the candidate, as a rule. */
  readonly configs: readonly ExporterConfig[];
  readonly version: TargetVersion;
  /** Milliseconds that the flows are drawn from; what `result` is told counts instead. */
  readonly windowMs: number;
  /** What CEL expressions need; without it entries with such are refused. */
  readonly context?: BuildContext;
}

export interface Replay {
  /** `flow` and `event` are the same flow. An event that is no JSON counts as a flow without a size. */
  add(flow: Flow, event: ReplayEvent): void;
  /** So far. May be asked again and again. */
  result(windowMs?: number): ReplayResult;
}

export function createReplay({ configs, version, windowMs, context = {} }: ReplayOptions): Replay {
  const replays = configs.map(({ entries }) => entries.map((entry) => createEntryReplay(entry, version, context)));
  const seen = createSeen();
  let flows = 0;
  return {
    add: (flow, event) => {
      flows++;
      const exported = new Exported(event);
      seen.add(flow);
      for (const entries of replays) for (const entry of entries) entry.add(flow, exported);
    },
    result: (looked = windowMs) => ({
      flows,
      windowMs: looked,
      configs: replays.map((entries) => ({ entries: entries.map((entry) => entry.result()) })),
      blindSpots: seen.blindSpots(configs),
    }),
  };
}
