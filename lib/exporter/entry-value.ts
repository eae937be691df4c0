/** An entry as the plain value that every spelling of a configuration prints: keys in one order, absent things left out. */
import { flowFilterJson } from "#lib/filters/flow-filter-json.ts";
import type { FlowFilter } from "#lib/filters/to-cilium.ts";
import type { ExporterEntry } from "./config.ts";
import type { YamlValue } from "./yaml-text.ts";

export type EntryValue = { readonly [key: string]: YamlValue };

export function entryValue(entry: ExporterEntry): EntryValue {
  return {
    name: entry.name,
    filePath: entry.filePath,
    ...(entry.end !== undefined && { end: entry.end }),
    fieldMask: entry.fieldMask,
    includeFilters: entry.includeFilters.map(filterValue),
    excludeFilters: entry.excludeFilters.map(filterValue),
    ...(entry.fileMaxSizeMb && { fileMaxSizeMb: entry.fileMaxSizeMb }),
    ...(entry.fileMaxBackups && { fileMaxBackups: entry.fileMaxBackups }),
    ...(entry.fileCompress && { fileCompress: true }),
    ...(entry.fieldAggregate?.length && { fieldAggregate: entry.fieldAggregate }),
    ...(entry.aggregationInterval && { aggregationInterval: entry.aggregationInterval }),
  };
}

/** Through the one JSON spelling, so that field order and values are those of every other spelling. */
export function filterValue(filter: FlowFilter): YamlValue {
  return asYaml(JSON.parse(flowFilterJson(filter)));
}

function asYaml(value: unknown): YamlValue {
  if (Array.isArray(value)) return value.map(asYaml);
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, asYaml(inner)]));
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : "";
}
