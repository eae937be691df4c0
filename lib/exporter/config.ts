/** The exporter's dynamic configuration as Weir holds it: what an agent makes of `flowlogs.yaml`, with absent lists as empty ones. */
import type { FlowFilter } from "#lib/filters/to-cilium.ts";

/** Cilium releases that a configuration can be written for and checked against; the exporter's dynamic mode came with 1.15. */
export const TARGET_VERSIONS = ["1.15", "1.16", "1.17", "1.18", "1.19"] as const;
export type TargetVersion = (typeof TARGET_VERSIONS)[number];

/** `1.9` is older than `1.15`: compared by number, not as text. */
export function isAtLeast(version: string, least: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [leastMajor = 0, leastMinor = 0] = least.split(".").map(Number);
  return major > leastMajor || (major === leastMajor && minor >= leastMinor);
}

/** One exporter: what it writes, where, until when. */
export interface ExporterEntry {
  readonly name: string;
  /** A path on the node, or the word `stdout`. */
  readonly filePath: string;
  /** Paths into the flow message; empty = every field. */
  readonly fieldMask: readonly string[];
  /** Any must match; empty = every event. A clause without criteria matches every event. */
  readonly includeFilters: readonly FlowFilter[];
  /** None may match. */
  readonly excludeFilters: readonly FlowFilter[];
  /** RFC 3339; from then on nothing is written. */
  readonly end?: string;
  /** 0 and absent = 10 MB. From 1.17 or 1.18 on, see `rotationKeysSince`. */
  readonly fileMaxSizeMb?: number;
  /** 0 and absent = 5. */
  readonly fileMaxBackups?: number;
  readonly fileCompress?: boolean;
  /** Paths whose values make one group (1.19). */
  readonly fieldAggregate?: readonly string[];
  /** As Go writes durations, `30s` (1.19). */
  readonly aggregationInterval?: string;
}

export interface ExporterConfig {
  readonly entries: readonly ExporterEntry[];
}

export const NO_ENTRIES: ExporterConfig = { entries: [] };

/** The keys of an entry in the order in which Weir writes them, each with the release that surely reads it. */
export const ENTRY_KEYS = {
  name: "1.15",
  filePath: "1.15",
  end: "1.15",
  fieldMask: "1.15",
  includeFilters: "1.15",
  excludeFilters: "1.15",
  fileMaxSizeMb: "1.18",
  fileMaxBackups: "1.18",
  fileCompress: "1.18",
  fieldAggregate: "1.19",
  aggregationInterval: "1.19",
} as const satisfies { readonly [K in keyof Required<ExporterEntry>]: TargetVersion };

export type EntryKey = keyof typeof ENTRY_KEYS;

/** Object.keys forgets key types; this is the one place that knows the table's. */
export function entryKeys(): readonly EntryKey[] {
  return Object.keys(ENTRY_KEYS).filter((key): key is EntryKey => key in ENTRY_KEYS);
}

export function emptyEntry(name: string, filePath: string): ExporterEntry {
  return { name, filePath, fieldMask: [], includeFilters: [], excludeFilters: [] };
}
