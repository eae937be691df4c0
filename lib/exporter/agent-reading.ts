/** An agent's whole reading of one file: what it would run, what it would refuse, and every reason with its place. */
import { readMask } from "#lib/filters/mask-paths.ts";
import { type AgentEntry, type AgentFault, decodeAgentFile, type OddKey } from "./agent-file.ts";
import { type AgentFilter, canonicalFilter, type LocatedProblem, readAgentFilter } from "./agent-filters.ts";
import type { AgentVerdict } from "./agent-verdict.ts";
import type { ExporterConfig, ExporterEntry, TargetVersion } from "./config.ts";
import type { Located } from "./go-yaml/located.ts";
import { type ValidationProblem, validateEntries } from "./validate.ts";

export interface AgentReading {
  readonly verdict: AgentVerdict;
  /** Undefined where the file is refused. */
  readonly config: ExporterConfig | undefined;
  /** The parsed entries in canonical spelling; null filters stay null. */
  readonly agentEntries: readonly unknown[];
  readonly entries: readonly (ReadEntry | undefined)[];
  readonly faults: readonly AgentFault[];
  readonly oddKeys: readonly OddKey[];
  readonly validation: readonly ValidationProblem[];
}

export interface ReadEntry {
  readonly decoded: AgentEntry;
  readonly include: readonly AgentFilter[];
  readonly exclude: readonly AgentFilter[];
  /** Why the agent cannot run the entry; the first reason only, as it reports. */
  readonly buildError: string | undefined;
}

/** `root` undefined = an empty file. */
export function readAsAgentFile(root: Located | undefined, version: TargetVersion): AgentReading {
  const file = decodeAgentFile(root, version);
  const entries = file.entries.map((entry) => (entry === undefined ? undefined : readEntry(entry, version)));
  const validation = validateEntries(file.entries);
  const replaced = file.replaced.flatMap((filter) => readAgentFilter(filter, version).problems);
  const rejection = rejectionOf(file.faults, entries, validation, replaced);
  const accepted = rejection === undefined ? entries.flatMap((entry) => entry ?? []) : [];
  return {
    verdict: rejection ?? { is: "accepted", entryErrors: entryErrors(accepted) },
    config: rejection === undefined ? { entries: accepted.map(modelEntry) } : undefined,
    agentEntries: accepted.map(canonicalEntry),
    entries,
    faults: file.faults,
    oddKeys: file.oddKeys,
    validation,
  };
}

function readEntry(decoded: AgentEntry, version: TargetVersion): ReadEntry {
  const include = decoded.includeFilters.map((filter) => readAgentFilter(filter, version));
  const exclude = decoded.excludeFilters.map((filter) => readAgentFilter(filter, version));
  const unbuilt = [...include, ...exclude].flatMap(({ problems }) => problems.find((problem) => problem.class === "build") ?? []);
  const reason = unbuilt[0]?.reason ?? readMask(decoded.fieldMask, version).error?.reason;
  return { decoded, include, exclude, buildError: reason === undefined ? undefined : `build: failed to apply option: ${reason}` };
}

function rejectionOf(
  faults: readonly AgentFault[],
  entries: readonly (ReadEntry | undefined)[],
  validation: readonly ValidationProblem[],
  replaced: readonly LocatedProblem[],
): AgentVerdict | undefined {
  const [wrong] = faults;
  if (wrong !== undefined) return { is: "rejected", class: "parse", error: `parse: ${wrong.error}` };
  const filters = entries.flatMap((entry) => (entry === undefined ? [] : [...entry.include, ...entry.exclude]));
  const unread = [...filters.flatMap(({ problems }) => problems), ...replaced].find((problem) => problem.class === "parse");
  if (unread !== undefined) return { is: "rejected", class: "parse", error: `parse: proto: ${unread.reason}` };
  if (validation.length === 0) return undefined;
  return { is: "rejected", class: "validate", error: `validate: ${validation.map(({ reason }) => reason).join("; ")}` };
}

function entryErrors(entries: readonly ReadEntry[]): ReadonlyMap<string, string> {
  return new Map(entries.flatMap(({ decoded, buildError }) => (buildError === undefined ? [] : [[decoded.name, buildError]])));
}

/** Filters that could not be read are left out: the caller has their problems. */
export function modelEntry({ decoded, include, exclude }: ReadEntry): ExporterEntry {
  return {
    name: decoded.name,
    filePath: decoded.filePath,
    fieldMask: decoded.fieldMask,
    includeFilters: include.flatMap(({ clause }) => clause ?? []),
    excludeFilters: exclude.flatMap(({ clause }) => clause ?? []),
    ...(decoded.end !== undefined && { end: decoded.end }),
    ...(decoded.fileMaxSizeMb !== 0 && { fileMaxSizeMb: decoded.fileMaxSizeMb }),
    ...(decoded.fileMaxBackups !== 0 && { fileMaxBackups: decoded.fileMaxBackups }),
    ...(decoded.fileCompress && { fileCompress: true }),
    ...(decoded.fieldAggregate.length > 0 && { fieldAggregate: decoded.fieldAggregate }),
    ...(decoded.aggregationInterval !== "" && { aggregationInterval: decoded.aggregationInterval }),
  };
}

function canonicalEntry(entry: ReadEntry): unknown {
  const { includeFilters, excludeFilters, fieldMask, ...rest } = modelEntry(entry);
  const filters = (list: readonly AgentFilter[]) => list.map(({ clause, isNull }) => (isNull ? null : canonicalFilter(clause ?? {})));
  return {
    ...rest,
    ...(fieldMask.length > 0 && { fieldMask }),
    ...(entry.include.length > 0 && { includeFilters: filters(entry.include) }),
    ...(entry.exclude.length > 0 && { excludeFilters: filters(entry.exclude) }),
  };
}
