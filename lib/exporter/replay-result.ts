/** What a replay says a configuration would have logged, from flows that are stored. */
import type { FlowFilter } from "#lib/filters/to-cilium.ts";
import type { Reason } from "#lib/flows/reason.ts";

/** How many flows failed here: an include clause by the first of its criteria, or an exclude clause that matched. */
export interface FailedCriterion {
  readonly list: "include" | "exclude";
  readonly clause: number;
  /** Empty for an exclude clause. */
  readonly criterion: string;
  readonly flows: number;
}

export interface FlowExample {
  /** The export line as stored. */
  readonly line: string;
  /** As the entry would write it, after its mask; undefined for flows that it would not write. */
  readonly written: string | undefined;
  /** Why not: per include clause the first criterion that fails, or the exclude clause that matches. */
  readonly why: readonly WhyNot[];
}

export type WhyNot =
  | { readonly list: "include"; readonly clause: number; readonly criterion: string }
  | { readonly list: "exclude"; readonly clause: number; readonly criterion?: never };

/** A sender, where it sends to, and the port: the unit in which noise is excluded. */
export interface NoiseSource {
  readonly namespace: string;
  readonly workload: string;
  readonly group: string;
  readonly port: number;
  readonly flows: number;
  readonly bytes: number;
  /** The exclude clause that would keep these flows out, in Cilium's own criteria; undefined where none says exactly this. */
  readonly exclude: ExcludeOffer | undefined;
}

export interface ExcludeOffer {
  readonly clause: FlowFilter;
  /** The sentence of the button. */
  readonly label: string;
}

export interface NodeLoad {
  readonly node: string;
  readonly flows: number;
  readonly bytes: number;
}

/** Present where the entry aggregates (1.19): lines that would be left. */
export interface AggregationEffect {
  readonly lines: number;
  readonly bytes: number;
}

export interface EntryReplay {
  readonly name: string;
  /** Why the entry would not run; then everything else counts nothing. */
  readonly refused: string | undefined;
  readonly matched: number;
  readonly notMatched: number;
  /** Of the matched flows, by why they were blocked. */
  readonly reasons?: { readonly [R in Reason]?: number };
  /** Of the matched flows, as stored and as the entry's mask writes them, with the newline. */
  readonly bytesFull: number;
  readonly bytesMasked: number;
  /** Matched flows without a line of JSON, which have no size. */
  readonly unsized: number;
  readonly examplesMatched: readonly FlowExample[];
  readonly examplesNotMatched: readonly FlowExample[];
  readonly failed: readonly FailedCriterion[];
  /** By bytes, the heaviest first. */
  readonly nodes: readonly NodeLoad[];
  readonly noise: readonly NoiseSource[];
  readonly aggregation: AggregationEffect | undefined;
}

export interface ConfigReplay {
  readonly entries: readonly EntryReplay[];
}

export interface ReplayResult {
  /** Flows looked at. */
  readonly flows: number;
  /** Milliseconds of the window that the flows were drawn from. */
  readonly windowMs: number;
  readonly configs: readonly ConfigReplay[];
  /** What the stored flows cannot tell about the configurations, in plain words; empty = nothing is known to be missing. */
  readonly blindSpots: readonly string[];
}

/** What a matched amount means per second, day and month. */
export interface Rates {
  readonly flowsPerSecond: number;
  readonly bytesPerDay: number;
  /** 30 days, decimal gigabytes. */
  readonly costPerMonth: number;
}

/** Zero over an empty window is zero, not an error. */
export function ratesOf(flows: number, bytes: number, windowMs: number, pricePerGb: number): Rates {
  if (windowMs <= 0) return { flowsPerSecond: 0, bytesPerDay: 0, costPerMonth: 0 };
  const bytesPerDay = (bytes / windowMs) * 86_400_000;
  return { flowsPerSecond: (flows / windowMs) * 1000, bytesPerDay, costPerMonth: ((bytesPerDay * 30) / 1e9) * pricePerGb };
}
