/** What is asked of a relay: blocked egress only, chosen on the nodes, and every word about lost events. */
import type { JsonValue } from "@bufbuild/protobuf";
import type { Filter } from "#lib/filters/filter.ts";
import { flowFilterJson } from "#lib/filters/flow-filter-json.ts";
import { toCilium } from "#lib/filters/to-cilium.ts";
import { formatTime } from "#lib/flows/flow-time.ts";

/** Type 255 is no event's, and lost events match whatever type is asked for: without the second clause they would not come. */
export const BLOCKED_EGRESS: Filter = {
  include: [{ verdict: ["DROPPED", "AUDIT"], traffic_direction: ["EGRESS", "TRAFFIC_DIRECTION_UNKNOWN"] }, { event_type: [{ type: 255 }] }],
  exclude: [],
};

const WHITELIST: readonly JsonValue[] = whitelistOf(BLOCKED_EGRESS);

/** Follows from an instant on, in nanoseconds since 1970; undefined = from the oldest that the rings hold. */
export function followRequest(since: bigint | undefined): JsonValue {
  return { follow: true, since: formatTime(since ?? 0n), whitelist: [...WHITELIST] };
}

/** The oldest flow that each ring holds, of any kind. */
export const OLDEST_REQUEST: JsonValue = { number: "1", first: true };

function whitelistOf(filter: Filter): JsonValue[] {
  const said = toCilium(filter);
  if (said.refusal) throw new Error(`Cilium cannot say the relay's filter: ${said.refusal.reason}`);
  return said.spelled.include.map((clause): JsonValue => JSON.parse(flowFilterJson(clause)));
}
