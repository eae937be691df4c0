/** Configurations are accepted and refused as Cilium's own code does it, and the entries it parsed are the same. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { TargetVersion } from "./config.ts";
import { readConfig } from "./read-config.ts";

const outcome = z.object({
  ok: z.boolean(),
  entries: z.array(z.unknown()).optional(),
  entryErrors: z.record(z.string(), z.string()).optional(),
  error: z.string().optional(),
});
const configCase = outcome.extend({
  id: z.string(),
  topic: z.string(),
  input: z.enum(["flowlogs", "configmap"]),
  yaml: z.string(),
  withoutRotationKeys: outcome.optional(),
});
type ConfigCase = z.infer<typeof configCase>;
const versionRow = outcome.partial().extend({ file: z.string(), id: z.string(), version: z.string() });

const cases = rows(new URL("../filters/fixtures/cilium-1.17/configs.jsonl", import.meta.url)).map((row) => configCase.parse(row));
const others = rows(new URL("../filters/fixtures/cilium-1.17/versions.jsonl", import.meta.url))
  .map((row) => versionRow.parse(row))
  .filter(({ file }) => file === "configs");

describe("Cilium 1.17's own readings", () => {
  it.each(cases.map((one): [string, string, ConfigCase] => [one.id, one.topic, one]))("%s %s", (_, __, one) => {
    const accepted = [expected(one), ...(one.withoutRotationKeys ? [expected(one.withoutRotationKeys)] : [])];
    expect(accepted).toContainEqual(said(one, "1.17"));
  });
});

describe.each([
  ["1.15.3", "1.15"],
  ["1.18.5", "1.18"],
  ["1.19.4", "1.19"],
] as const)("Cilium %s", (name, version) => {
  it("reads all of them as it does, named where it differs", () => {
    const wrong = cases.filter((one) => {
      const other = others.find(({ id, version: at }) => id === one.id && at === name);
      const right = [other ?? one, one.withoutRotationKeys].flatMap((row) => (row?.ok === undefined ? [] : [expected(outcome.parse(row))]));
      return !right.some((answer) => JSON.stringify(sorted(answer)) === JSON.stringify(sorted(said(one, version))));
    });
    expect(wrong.map(({ id }) => id)).toEqual([]);
  });
});

function said({ input, yaml }: ConfigCase, version: TargetVersion): unknown {
  const { verdict, agentEntries } = readConfig(yaml, { version, as: input === "flowlogs" ? "flowlogs" : "auto" });
  if (verdict.is === "rejected") return { refused: verdict.class };
  return { entries: agentEntries.map(withoutAggregation), errors: [...verdict.entryErrors.keys()].toSorted() };
}

function expected({ entries, entryErrors, error }: z.infer<typeof outcome>): unknown {
  return error === undefined ? { entries, errors: Object.keys(entryErrors ?? {}).toSorted() } : { refused: error.split(":")[0] };
}

/** The vectors know the keys of 1.17 only. */
function withoutAggregation(entry: unknown): unknown {
  if (typeof entry !== "object" || entry === null) return entry;
  return Object.fromEntries(Object.entries(entry).filter(([key]) => key !== "fieldAggregate" && key !== "aggregationInterval"));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

function rows(url: URL): unknown[] {
  return readFileSync(url, "utf8")
    .trim()
    .split("\n")
    .map((line): unknown => JSON.parse(line));
}
