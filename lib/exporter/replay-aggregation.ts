/** What aggregation (Cilium 1.19) would leave of an entry's lines: one a group, node and interval. */
import type { FlowMessage } from "#lib/filters/apply-mask.ts";
import { createMask } from "#lib/filters/apply-mask.ts";
import type { Flow } from "#lib/flows/flow.ts";
import { type ExporterEntry, isAtLeast, type TargetVersion } from "./config.ts";
import { parseGoDuration } from "./go-time.ts";
import type { AggregationEffect } from "./replay-result.ts";

export interface Aggregation {
  add(flow: Flow, message: FlowMessage | undefined, bytes: number): void;
  effect(): AggregationEffect;
}

/** Groups that are told apart; beyond, the share that new groups had so far stands for the rest. */
const MOST_GROUPS = 300_000;
/** `,"aggregate":{"egress_flow_count":12}`, which the first flow of a group carries. */
const COUNT_BYTES = 38;
const NS_PER_MS = 1_000_000;

/** Undefined where the entry does not aggregate, or the release does not know how to. */
export function createAggregation(entry: ExporterEntry, version: TargetVersion): Aggregation | undefined {
  const interval = parseGoDuration(entry.aggregationInterval ?? "") ?? 0;
  const paths = entry.fieldAggregate ?? [];
  const mask = createMask(paths, { version });
  if (!isAtLeast(version, "1.19") || paths.length === 0 || interval <= 0 || mask.error) return undefined;
  const groups = new Set<string>();
  let [flows, lines, bytes, full] = [0, 0, 0, false];
  return {
    add: (flow, message, size) => {
      flows++;
      if (full || message === undefined) {
        const share = flows <= 1 ? 1 : lines / (flows - 1);
        lines += share;
        bytes += share * (size + COUNT_BYTES);
        return;
      }
      const bucket = Math.floor(Number(flow.time / BigInt(NS_PER_MS)) / interval);
      const key = `${bucket} ${flow.node} ${mask.linesOf(message)[0]}`;
      if (groups.has(key)) return;
      groups.add(key);
      lines++;
      bytes += size + COUNT_BYTES;
      full = groups.size >= MOST_GROUPS;
    },
    effect: () => ({ lines: Math.round(lines), bytes: Math.round(bytes) }),
  };
}
