/** What clicks do to a configuration: each answers a new one and changes nothing else of it. */
import type { ExporterConfig, ExporterEntry } from "#lib/exporter/config.ts";
import type { FlowFilter } from "#lib/filters/to-cilium.ts";

export type ListName = "include" | "exclude";

/** Where a clause stands. */
export interface ClausePlace {
  readonly entry: number;
  readonly list: ListName;
  readonly clause: number;
}

const KEYS = { include: "includeFilters", exclude: "excludeFilters" } as const satisfies { readonly [L in ListName]: keyof ExporterEntry };

export function clausesOf(entry: ExporterEntry, list: ListName): readonly FlowFilter[] {
  return entry[KEYS[list]];
}

export function withEntry(config: ExporterConfig, at: number, change: Partial<ExporterEntry>): ExporterConfig {
  return { ...config, entries: config.entries.map((entry, index) => (index === at ? { ...entry, ...change } : entry)) };
}

export function withNewEntry(config: ExporterConfig, entry: ExporterEntry): ExporterConfig {
  const taken = new Set(config.entries.flatMap(({ name, filePath }) => [name, filePath]));
  const name = free(entry.name, taken);
  // Two exporters must not write to one file, and stdout is one.
  const filePath = taken.has(entry.filePath) ? free(`/var/run/cilium/hubble/${name}.log`, taken) : entry.filePath;
  return { ...config, entries: [...config.entries, { ...entry, name, filePath }] };
}

export function withoutEntry(config: ExporterConfig, at: number): ExporterConfig {
  return { ...config, entries: config.entries.filter((_, index) => index !== at) };
}

export function withNewClause(config: ExporterConfig, at: number, list: ListName, clause: FlowFilter): ExporterConfig {
  const entry = config.entries[at];
  return entry === undefined ? config : withEntry(config, at, { [KEYS[list]]: [...clausesOf(entry, list), clause] });
}

export function withClause(config: ExporterConfig, place: ClausePlace, change: (clause: FlowFilter) => FlowFilter): ExporterConfig {
  const entry = config.entries[place.entry];
  if (entry === undefined) return config;
  const clauses = clausesOf(entry, place.list).map((clause, index) => (index === place.clause ? change(clause) : clause));
  return withEntry(config, place.entry, { [KEYS[place.list]]: clauses });
}

export function withoutClause(config: ExporterConfig, { entry: at, list, clause }: ClausePlace): ExporterConfig {
  const entry = config.entries[at];
  if (entry === undefined) return config;
  return withEntry(config, at, { [KEYS[list]]: clausesOf(entry, list).filter((_, index) => index !== clause) });
}

/** From "log" to "never log" or back, at the end of the other list. */
export function withClauseTurned(config: ExporterConfig, place: ClausePlace): ExporterConfig {
  const entry = config.entries[place.entry];
  const clause = entry && clausesOf(entry, place.list)[place.clause];
  if (clause === undefined) return config;
  return withNewClause(withoutClause(config, place), place.entry, place.list === "include" ? "exclude" : "include", clause);
}

/** `name`, else `name-2`, `name-3`; a number goes before a file's ending. */
function free(name: string, taken: ReadonlySet<string>): string {
  const [, stem = name, ending = ""] = /^(.*?)(\.[a-z]+)?$/.exec(name) ?? [];
  for (let number = 1; ; number++) {
    const one = number === 1 ? name : `${stem}-${number}${ending}`;
    if (!taken.has(one)) return one;
  }
}
