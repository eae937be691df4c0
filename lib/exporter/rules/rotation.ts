/** Rotation and aggregation: keys that this release does not read, and settings that have no effect. */
import { fieldAt } from "#lib/filters/mask-paths.ts";
import { type ExporterEntry, isAtLeast, type TargetVersion } from "../config.ts";
import { editEntry } from "../edit-config.ts";
import type { Finding } from "../finding.ts";
import { parseGoDuration } from "../go-time.ts";
import type { Rule } from "../rule.ts";

export const rotation: Rule = ({ entries }, { version }) =>
  entries.flatMap((entry, index) => [...rotationFindings(entry, index, version), ...aggregationFindings(entry, index, version)]);

function rotationFindings(entry: ExporterEntry, index: number, version: TargetVersion): readonly Finding[] {
  const set = (["fileMaxSizeMb", "fileMaxBackups", "fileCompress"] as const).filter((key) => entry[key]);
  const [key] = set;
  if (key === undefined) return [];
  const place = { entry: index, key };
  const keys = set.join(", ");
  if (!isAtLeast(version, "1.18")) {
    const sure = isAtLeast(version, "1.17")
      ? "Whether 1.17 reads these keys of an entry differs from build to build"
      : `${version} ignores these keys of an entry`;
    const explanation = `${sure}: the agent-wide hubble-export-file-max-size-mb and its siblings count. From 1.18 on each entry has its own.`;
    return [{ kind: "rotation-too-early", severity: "advice", place, title: `${keys}: sure from 1.18 on only`, explanation }];
  }
  if (entry.filePath === "stdout") {
    const explanation = "Standard output is never rotated; the container runtime does that.";
    return [{ kind: "rotation-of-stdout", severity: "advice", place, title: `${keys} has no effect on stdout`, explanation }];
  }
  if ((entry.fileMaxSizeMb ?? 0) >= 0 && (entry.fileMaxBackups ?? 0) >= 0) return [];
  const explanation = "Agents take the number as it is; 0 or leaving it out means the default of 10 MB and 5 files.";
  return [{ kind: "negative-rotation", severity: "warning", place, title: "A negative number makes no sense here", explanation }];
}

function aggregationFindings(entry: ExporterEntry, index: number, version: TargetVersion): readonly Finding[] {
  const paths = entry.fieldAggregate ?? [];
  const interval = entry.aggregationInterval ?? "";
  if (paths.length === 0 && interval === "") return [];
  const key = paths.length > 0 ? "fieldAggregate" : "aggregationInterval";
  const place = { entry: index, key };
  if (!isAtLeast(version, "1.19")) {
    const explanation = `${version} does not know the key and does not say so: every flow is written. 1.19 is the first that aggregates.`;
    return [{ kind: "newer-key", severity: "warning", place, title: `${key} is ignored before 1.19`, explanation }];
  }
  return [...intervalFindings(paths, interval, index), ...pathFindings(entry, paths, index)];
}

function intervalFindings(paths: readonly string[], interval: string, index: number): readonly Finding[] {
  const ms = interval === "" ? 0 : parseGoDuration(interval);
  const place = { entry: index, key: "aggregationInterval" };
  if (ms === undefined) {
    const explanation = "Agents read durations of Go, such as 30s or 5m, and refuse the whole file otherwise.";
    return [{ kind: "interval-unreadable", severity: "rejects-file", place, title: `${interval} is no duration`, explanation }];
  }
  if (paths.length > 0 && ms > 0) return [];
  if (paths.length === 0 && ms <= 0) return [];
  return [
    {
      kind: "aggregation-inactive",
      severity: "warning",
      place: paths.length > 0 ? { entry: index, key: "fieldAggregate" } : place,
      title: "Nothing is aggregated",
      explanation: "Aggregation needs both: paths in fieldAggregate and an interval above zero.",
      ...(paths.length > 0 && {
        fix: {
          label: "Aggregate over 30s",
          apply: (config) => editEntry(config, index, (entry) => ({ ...entry, aggregationInterval: "30s" })),
        },
      }),
    },
  ];
}

function pathFindings({ fieldMask: mask }: ExporterEntry, paths: readonly string[], index: number): readonly Finding[] {
  return paths.flatMap((path, value): readonly Finding[] => {
    const place = { entry: index, key: "fieldAggregate", value };
    if (fieldAt(path) === undefined) {
      const explanation = "Paths are the names of the protocol, exactly. The entry fails; the others run.";
      return [{ kind: "unknown-aggregate-path", severity: "rejects-entry", place, title: `${path} is no field of a flow`, explanation }];
    }
    if (mask.length === 0 || mask.some((one) => one === path || path.startsWith(`${one}.`) || one.startsWith(`${path}.`))) return [];
    return [
      {
        kind: "mask-hides-aggregate",
        severity: "warning",
        place,
        title: `The mask leaves out ${path}, which flows are grouped by`,
        explanation: "Lines then stand for groups that cannot be told apart.",
        fix: {
          label: `Add ${path} to the mask`,
          apply: (config) => editEntry(config, index, (entry) => ({ ...entry, fieldMask: [...entry.fieldMask, path] })),
        },
      },
    ];
  });
}
