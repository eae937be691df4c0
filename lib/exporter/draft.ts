/** The configuration that a pasted text was meant to be: what the agent reads, and what it refuses mended where the meaning is plain. */

import type { FlowFilter } from "#lib/filters/to-cilium.ts";
import type { AgentFilter } from "./agent-filters.ts";
import { type AgentReading, modelEntry, type ReadEntry, readAsAgentFile } from "./agent-reading.ts";
import type { ExporterConfig, ExporterEntry, TargetVersion } from "./config.ts";
import type { Located } from "./go-yaml/located.ts";
import { mendFilter, type SourceText } from "./mend-filter.ts";
import { mendShape } from "./mend-shape.ts";
import type { Pasted } from "./paste.ts";

export interface MendedFilter {
  readonly changes: readonly string[];
  readonly lost: readonly string[];
}
type MendedFilters = Map<number, MendedFilter>;

export interface Draft {
  readonly config: ExporterConfig;
  /** What mending did to the filter at this place: its span's start, in the text of the file. */
  readonly mended: ReadonlyMap<number, MendedFilter>;
  /** What mending did to the file's shape, a phrase each. */
  readonly shape: readonly string[];
}

export function draftOf({ root }: Pasted, reading: AgentReading, version: TargetVersion, source: SourceText): Draft {
  if (reading.config !== undefined) return { config: reading.config, mended: new Map(), shape: [] };
  const shape: string[] = [];
  const shaped = root === undefined ? undefined : mendShape(root, shape);
  const again = shape.length > 0 ? readAsAgentFile(shaped, version) : reading;
  const mended: MendedFilters = new Map();
  const entries = again.entries.flatMap((entry) => (entry === undefined ? [] : [mendedEntry(entry, mended, source)]));
  return { config: { entries: named(entries) }, mended, shape };
}

function mendedEntry(entry: ReadEntry, mended: MendedFilters, sourceText: SourceText): ExporterEntry {
  const filters = (list: readonly AgentFilter[], located: readonly Located[]) =>
    list.flatMap((filter, index): readonly FlowFilter[] => {
      if (filter.clause !== undefined) return [filter.clause];
      const source = located[index];
      if (source === undefined) return [];
      const { clause, changes, lost } = mendFilter(source, sourceText);
      mended.set(source.span.start, { changes, lost });
      return clause === undefined ? [] : [clause];
    });
  return {
    ...modelEntry(entry),
    includeFilters: filters(entry.include, entry.decoded.includeFilters),
    excludeFilters: filters(entry.exclude, entry.decoded.excludeFilters),
  };
}

/** Every entry needs a name and a path of its own to be shown and written. */
function named(entries: readonly ExporterEntry[]): readonly ExporterEntry[] {
  return entries.map((entry, index) => ({
    ...entry,
    name: entry.name === "" ? `exporter-${index + 1}` : entry.name,
    filePath: entry.filePath === "" ? `/var/run/cilium/hubble/exporter-${index + 1}.log` : entry.filePath,
  }));
}
