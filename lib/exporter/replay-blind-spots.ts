/** What stored flows cannot tell about a configuration: what was never stored is not extrapolated. */
import type { FlowFilter } from "#lib/filters/to-cilium.ts";
import type { Flow } from "#lib/flows/flow.ts";
import type { ExporterConfig, ExporterEntry } from "./config.ts";

export interface Seen {
  add(flow: Flow): void;
  blindSpots(configs: readonly ExporterConfig[]): readonly string[];
}

export function createSeen(): Seen {
  const verdicts = new Set<string>();
  const directions = new Set<string>();
  const types = new Set<number>();
  let flows = 0;
  let masked = 0;
  let aggregated = 0;
  return {
    add: (flow) => {
      flows++;
      verdicts.add(flow.verdict);
      directions.add(flow.direction);
      types.add(flow.eventType);
      if (flow.uuid === "") masked++;
      if (flow.packets > 1) aggregated++;
    },
    blindSpots: (configs) => {
      if (flows === 0) return ["No flow is stored in this window: nothing can be said about it."];
      const entries = configs.flatMap((config) => config.entries);
      return [
        ...askedButUnseen(entries, verdicts, directions, types),
        ...(entries.some(passesNonFlows) ? ["Lost, agent and debug events are not counted here; an agent would write them too."] : []),
        ...(masked > 0
          ? [`${share(masked, flows)} of the flows were stored through a field mask: their full size is larger than shown.`]
          : []),
        ...(aggregated > 0
          ? [`${share(aggregated, flows)} of the flows are aggregates: an agent that does not aggregate would write more lines.`]
          : []),
      ];
    },
  };
}

/** Kinds of events that an entry lets through and the store does not hold at all. */
function askedButUnseen(
  entries: readonly ExporterEntry[],
  verdicts: ReadonlySet<string>,
  directions: ReadonlySet<string>,
  types: ReadonlySet<number>,
): readonly string[] {
  const names = (asks: (clause: FlowFilter) => boolean) =>
    [...new Set(entries.filter(({ includeFilters: list }) => list.length === 0 || list.some(asks)).map(({ name }) => name))].join(", ");
  const found: string[] = [];
  const forwarding = names(asksForwarded);
  if (forwarding !== "" && ![...verdicts].some((verdict) => FORWARDED.has(verdict))) {
    found.push(`The store holds no forwarded flows. ${forwarding} would write them too, and how many is not known here.`);
  }
  const ingress = names(({ traffic_direction: asked }) => !isSet(asked) || (asked ?? []).includes("INGRESS"));
  if (ingress !== "" && !directions.has("ingress")) {
    found.push(`The store holds no ingress. ${ingress} would write it too, and how much is not known here.`);
  }
  for (const [type, what] of EVENT_TYPES) {
    const asking = names(({ event_type: asked }) => !isSet(asked) || (asked ?? []).some(({ type: one = 0 }) => one === type || one === 0));
    if (asking !== "" && !types.has(type)) found.push(`The store holds no ${what} (event type ${type}), which ${asking} would write too.`);
  }
  return found;
}

const FORWARDED = new Set(["FORWARDED", "REDIRECTED", "TRACED", "TRANSLATED"]);
const EVENT_TYPES: readonly (readonly [number, string])[] = [
  [1, "drop events"],
  [5, "policy verdicts"],
  [129, "L7 events"],
];

/** Nothing in the clause keeps forwarded flows out. */
function asksForwarded({ verdict, drop_reason_desc: reasons, event_type: types }: FlowFilter): boolean {
  if (isSet(verdict)) return (verdict ?? []).some((one) => FORWARDED.has(one));
  if (isSet(reasons)) return false;
  return !isSet(types) || (types ?? []).some(({ type = 0 }) => type !== 1 && type < 255);
}

/** An empty clause, or one that asks for event types only, which lost events meet all of. */
function passesNonFlows({ includeFilters: list }: ExporterEntry): boolean {
  return (
    list.length === 0 || list.some((clause) => Object.entries(clause).every(([name, values]) => name === "event_type" || !isSet(values)))
  );
}

function isSet(values: readonly unknown[] | undefined): boolean {
  return values !== undefined && values.length > 0;
}

function share(part: number, whole: number): string {
  const percent = (part / whole) * 100;
  return percent >= 99.5 ? "All" : `${percent < 1 ? "Less than 1" : Math.round(percent)} %`;
}
