/** Writes a configuration in each of its forms. The same configuration gives the same bytes. */
import { flowFilterJson } from "#lib/filters/flow-filter-json.ts";
import { shellWord } from "#lib/filters/to-hubble-cli.ts";
import { type ExporterConfig, type ExporterEntry, isAtLeast, type TargetVersion } from "./config.ts";
import { entryValue } from "./entry-value.ts";
import { cannotWrite, type Written } from "./written.ts";
import { type YamlValue, yamlText } from "./yaml-text.ts";

export const CONFIG_MAP = { name: "cilium-flowlog-config", namespace: "kube-system", key: "flowlogs.yaml" } as const;

/** The file that the agent reads, alone. */
export function writeFlowlogs(config: ExporterConfig): Written {
  const fault = unwritable(config);
  if (fault !== undefined) return cannotWrite(fault);
  return { text: flowlogsText(config), fileName: "flowlogs.yaml" };
}

/** The whole ConfigMap, ready for `kubectl apply`. */
export function writeConfigMap(config: ExporterConfig): Written {
  const fault = unwritable(config);
  if (fault !== undefined) return cannotWrite(fault);
  const manifest: YamlValue = {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: CONFIG_MAP.name, namespace: CONFIG_MAP.namespace },
    data: { [CONFIG_MAP.key]: flowlogsText(config) },
  };
  return { text: yamlText(manifest), fileName: "cilium-flowlog-config.yaml" };
}

/** Values for Cilium's chart. Up to 1.17 rotation is one setting for all exporters; from 1.18 on each entry has its own. */
export function writeHelmValues(config: ExporterConfig, version: TargetVersion): Written {
  const fault = unwritable(config);
  if (fault !== undefined) return cannotWrite(fault);
  const perEntry = isAtLeast(version, "1.18");
  const rotation = perEntry ? {} : sharedRotation(config.entries);
  if (rotation === undefined) {
    return cannotWrite(`Before 1.18 all exporters share one rotation, and these entries ask for different ones.`);
  }
  const entries = perEntry ? config.entries : config.entries.map(withoutRotation);
  const values: YamlValue = {
    hubble: {
      enabled: true,
      export: {
        ...rotation,
        dynamic: {
          enabled: true,
          config: { configMapName: CONFIG_MAP.name, createConfigMap: true, content: entries.map(entryValue) },
        },
      },
    },
  };
  return { text: yamlText(values), fileName: "cilium-values.yaml" };
}

/** Flags of the agent's static exporter: one entry, and an agent restart for every change. */
export function writeStaticFlags(config: ExporterConfig, version: TargetVersion): Written {
  const fault = unwritable(config);
  if (fault !== undefined) return cannotWrite(fault);
  const [entry, ...more] = config.entries;
  if (entry === undefined) return cannotWrite("There is no entry.");
  if (more.length > 0) return cannotWrite("An agent has one static exporter, and this configuration has several entries.");
  if (entry.end !== undefined) return cannotWrite("A static exporter has no end: it runs until the agent is restarted without it.");
  if (entry.fileCompress !== undefined && entry.filePath === "stdout") return cannotWrite("Standard output is not compressed.");
  const aggregate = entry.fieldAggregate ?? [];
  if (aggregate.length > 0 && !isAtLeast(version, "1.19")) return cannotWrite("Aggregation needs Cilium 1.19.");
  const flags: readonly (readonly [string, string | undefined])[] = [
    ["hubble-export-file-path", entry.filePath],
    ["hubble-export-file-max-size-mb", entry.fileMaxSizeMb ? String(entry.fileMaxSizeMb) : undefined],
    ["hubble-export-file-max-backups", entry.fileMaxBackups ? String(entry.fileMaxBackups) : undefined],
    ["hubble-export-file-compress", entry.fileCompress ? "true" : undefined],
    ["hubble-export-fieldmask", entry.fieldMask.join(",") || undefined],
    ["hubble-export-allowlist", entry.includeFilters.map(flowFilterJson).join(",") || undefined],
    ["hubble-export-denylist", entry.excludeFilters.map(flowFilterJson).join(",") || undefined],
    ["hubble-export-fieldaggregate", aggregate.join(",") || undefined],
    ["hubble-export-aggregation-interval", entry.aggregationInterval || undefined],
  ];
  const lines = flags.flatMap(([flag, value]) => (value === undefined ? [] : [`--${flag}=${shellWord(value)}`]));
  return { text: `${lines.join(" \\\n")}\n`, fileName: "cilium-agent-flags.txt" };
}

function flowlogsText(config: ExporterConfig): string {
  return yamlText({ flowLogs: config.entries.map(entryValue) });
}

/** The rotation keys of Helm before 1.18; undefined when the entries disagree. */
function sharedRotation(entries: readonly ExporterEntry[]): { readonly [key: string]: number } | undefined {
  const sizes = new Set(entries.map((entry) => entry.fileMaxSizeMb ?? 0));
  const backups = new Set(entries.map((entry) => entry.fileMaxBackups ?? 0));
  if (sizes.size > 1 || backups.size > 1 || entries.some((entry) => entry.fileCompress)) return undefined;
  const [size = 0] = sizes;
  const [kept = 0] = backups;
  return { ...(size > 0 && { fileMaxSizeMb: size }), ...(kept > 0 && { fileMaxBackups: kept }) };
}

function withoutRotation({ fileMaxSizeMb, fileMaxBackups, fileCompress, ...entry }: ExporterEntry): ExporterEntry {
  return entry;
}

/** Half a surrogate pair cannot be written in UTF-8, and no agent can have read one. */
function unwritable(config: ExporterConfig): string | undefined {
  return config.entries.map(entryValue).every(isWellFormed) ? undefined : "A text in it has half of a character.";
}

function isWellFormed(value: YamlValue): boolean {
  if (typeof value === "string") return value.isWellFormed();
  return typeof value !== "object" || Object.values(value).every(isWellFormed);
}
