/** Configurations of the exporter: accepted with these entries and entry errors, or refused, by agents of 1.17 and of the other releases. */
import { z } from "zod";
import type { TargetVersion } from "#lib/exporter/config.ts";
import { readConfig } from "#lib/exporter/read-config.ts";
import { releaseOf, rowsOfVersions } from "./other-versions.ts";
import { readRows } from "./read-rows.ts";
import { sortedJson } from "./sorted-json.ts";
import type { VectorKind, Verdict } from "./vector-kind.ts";

const FILE = "configs.jsonl";
const outcome = z.object({
  ok: z.boolean(),
  entries: z.array(z.unknown()).optional(),
  entryErrors: z.record(z.string(), z.string()).optional(),
  error: z.string().optional(),
});
type Outcome = z.infer<typeof outcome>;
const configRow = outcome.extend({
  id: z.string(),
  input: z.enum(["flowlogs", "configmap"]),
  yaml: z.string(),
  withoutRotationKeys: outcome.optional(),
});
type ConfigRow = z.infer<typeof configRow>;
/** Rows about other files have other outcomes. */
const versionRow = outcome.partial().extend({ file: z.string(), id: z.string(), version: z.string() });

export const configVectors: VectorKind = {
  file: FILE,
  run: (directory) => {
    const cases = readRows(directory, FILE, configRow).map(({ row }) => row);
    const own = cases.map((one) => verdictOf(one.id, one, one, "1.17"));
    const others = rowsOfVersions(directory, "configs", versionRow).flatMap((row): Verdict[] => {
      const one = cases.find(({ id }) => id === row.id);
      const version = releaseOf(row.version);
      if (one === undefined || version === undefined) return [];
      return [verdictOf(`${row.id} under ${row.version}`, one, outcome.parse(row), version)];
    });
    return [...own, ...others];
  },
};

/** Some builds of 1.17 may not know the keys of rotation: then either outcome is right. */
function verdictOf(id: string, one: ConfigRow, right: Outcome, version: TargetVersion): Verdict {
  const { verdict, agentEntries } = readConfig(one.yaml, { version, as: one.input === "flowlogs" ? "flowlogs" : "auto" });
  const actual =
    verdict.is === "rejected"
      ? verdict.class
      : sortedJson({ entries: agentEntries.map(withoutAggregation), errors: [...verdict.entryErrors.keys()].toSorted() });
  const accepted = [right, ...(one.withoutRotationKeys ? [one.withoutRotationKeys] : [])].map(expectedOf);
  return { id, expected: accepted.find((text) => text === actual) ?? accepted[0] ?? "", actual };
}

function expectedOf({ entries, entryErrors, error }: Outcome): string {
  return error?.split(":")[0] ?? sortedJson({ entries, errors: Object.keys(entryErrors ?? {}).toSorted() });
}

/** Vectors know the keys of 1.17 only. */
function withoutAggregation(entry: unknown): unknown {
  if (typeof entry !== "object" || entry === null) return entry;
  return Object.fromEntries(Object.entries(entry).filter(([key]) => key !== "fieldAggregate" && key !== "aggregationInterval"));
}
