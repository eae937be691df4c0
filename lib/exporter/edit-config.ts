/** Changes of one part of a configuration that leave everything else as it is; what fixes are made of. */
import type { FlowFilter } from "#lib/filters/to-cilium.ts";
import type { ExporterConfig, ExporterEntry } from "./config.ts";

export interface ClausePlace {
  readonly entry: number;
  readonly list: "include" | "exclude";
  readonly clause: number;
}

export function editEntry(config: ExporterConfig, index: number, edit: (entry: ExporterEntry) => ExporterEntry): ExporterConfig {
  return { ...config, entries: config.entries.map((entry, at) => (at === index ? edit(entry) : entry)) };
}

export function withoutEntry(config: ExporterConfig, index: number): ExporterConfig {
  return { ...config, entries: config.entries.filter((_, at) => at !== index) };
}

/** An edit that returns several clauses puts them where the one was; none takes it out. */
export function editClause(
  config: ExporterConfig,
  place: ClausePlace,
  edit: (clause: FlowFilter) => readonly FlowFilter[],
): ExporterConfig {
  return editEntry(config, place.entry, (entry) => {
    const key = listKey(place.list);
    return { ...entry, [key]: entry[key].flatMap((clause, at) => (at === place.clause ? edit(clause) : [clause])) };
  });
}

export function listKey(list: "include" | "exclude"): "includeFilters" | "excludeFilters" {
  return list === "include" ? "includeFilters" : "excludeFilters";
}

/** Every clause with its place, include before exclude. */
export function clausesOf(config: ExporterConfig): readonly { readonly place: ClausePlace; readonly clause: FlowFilter }[] {
  return config.entries.flatMap(({ includeFilters, excludeFilters }, entry) => [
    ...includeFilters.map((clause, at) => ({ place: { entry, list: "include", clause: at } as const, clause })),
    ...excludeFilters.map((clause, at) => ({ place: { entry, list: "exclude", clause: at } as const, clause })),
  ]);
}

/** The criteria that are set, with their values; an empty list is not set. */
export function criteriaIn(clause: FlowFilter): readonly (readonly [keyof FlowFilter, readonly unknown[]])[] {
  return keysOf(clause).flatMap((name) => {
    const values: readonly unknown[] = clause[name] ?? [];
    return values.length === 0 ? [] : [[name, values] as const];
  });
}

/** Object.keys forgets key types; a clause has no others. */
function keysOf(clause: FlowFilter): readonly (keyof FlowFilter)[] {
  return Object.keys(clause).filter((key): key is keyof FlowFilter => key in clause);
}
