/** Names and paths: every entry has one of its own, or agents refuse the whole file. */

import type { ExporterConfig, ExporterEntry } from "../config.ts";
import { editEntry, withoutEntry } from "../edit-config.ts";
import type { Finding, Fix } from "../finding.ts";
import type { Rule } from "../rule.ts";
import { type ValidationProblem, validateEntries } from "../validate.ts";

export const entryIdentity: Rule = (config) => validateEntries(config.entries).map((problem) => findingOf(problem, config));

function findingOf({ kind, entry, first, reason }: ValidationProblem, config: ExporterConfig): Finding {
  const isName = kind === "no-name" || kind === "double-name";
  const key = kind === "null-entry" ? undefined : isName ? "name" : "filePath";
  const own = config.entries[entry];
  const other = first === undefined ? undefined : config.entries[first];
  return {
    kind: kind === "double-name" ? "duplicate-name" : kind === "double-path" ? "duplicate-path" : kind,
    severity: "rejects-file",
    place: { entry, key },
    title: TITLES[kind](own, other),
    explanation: `${EXPLANATIONS[kind]} The agent says: ${reason}.`,
    fix: fixOf(kind, entry, first, config),
  };
}

const TITLES: { readonly [K in ValidationProblem["kind"]]: (own: ExporterEntry | undefined, other: ExporterEntry | undefined) => string } =
  {
    "null-entry": () => "An entry is null",
    "no-name": () => "An entry has no name",
    "no-path": (own) => `${own?.name || "An entry"} has no filePath`,
    "double-name": (own) => `Two entries are named ${own?.name ?? ""}`,
    "double-path": (own, other) => `${own?.name ?? ""} and ${other?.name ?? ""} both write to ${own?.filePath ?? ""}`,
  };

const EXPLANATIONS: { readonly [K in ValidationProblem["kind"]]: string } = {
  "null-entry": "A lone dash under flowLogs is an entry that is null.",
  "no-name": "Agents tell entries apart by name, in logs and in metrics.",
  "no-path": "An entry must say where it writes.",
  "double-name": "Agents tell entries apart by name, in logs and in metrics.",
  "double-path": "Two exporters cannot share a file, nor standard output: at most one entry writes to stdout.",
};

function fixOf(kind: ValidationProblem["kind"], entry: number, first: number | undefined, config: ExporterConfig): Fix | undefined {
  const own = config.entries[entry];
  const other = first === undefined ? undefined : config.entries[first];
  if (own === undefined) return undefined;
  if (kind === "double-path" && first !== undefined && other !== undefined && canMerge(other, own)) {
    return { label: `Merge ${own.name} into ${other.name}`, apply: (now) => withoutEntry(mergeInto(now, first, own), entry) };
  }
  if (kind === "double-path" || kind === "no-path") {
    const path = freePath(own.name || `exporter-${entry + 1}`, config);
    return { label: `Write to ${path}`, apply: (now) => editEntry(now, entry, (at) => ({ ...at, filePath: path })) };
  }
  const name = freeName(own.name || "exporter", config);
  return { label: `Name it ${name}`, apply: (now) => editEntry(now, entry, (at) => ({ ...at, name })) };
}

/** Two entries are one when only their filters differ, and neither excludes anything that the other would then lose. */
export function canMerge(a: ExporterEntry, b: ExporterEntry): boolean {
  const rest = ({ name, includeFilters, excludeFilters, ...kept }: ExporterEntry) => JSON.stringify(kept);
  return rest(a) === rest(b) && JSON.stringify(a.excludeFilters) === JSON.stringify(b.excludeFilters);
}

function mergeInto(config: ExporterConfig, into: number, from: ExporterEntry): ExporterConfig {
  return editEntry(config, into, (entry) => ({
    ...entry,
    // An empty list means everything, and stays so.
    includeFilters:
      entry.includeFilters.length === 0 || from.includeFilters.length === 0 ? [] : [...entry.includeFilters, ...from.includeFilters],
  }));
}

function freeName(name: string, { entries }: ExporterConfig): string {
  const taken = new Set(entries.map((entry) => entry.name));
  for (let number = 1; ; number++) if (!taken.has(`${name}-${number}`)) return `${name}-${number}`;
}

function freePath(name: string, { entries }: ExporterConfig): string {
  const file = name.replace(/[^A-Za-z0-9._-]/g, "-");
  const taken = new Set(entries.map((entry) => entry.filePath));
  const path = `/var/run/cilium/hubble/${file}`;
  if (!taken.has(`${path}.log`)) return `${path}.log`;
  for (let number = 2; ; number++) if (!taken.has(`${path}-${number}.log`)) return `${path}-${number}.log`;
}
