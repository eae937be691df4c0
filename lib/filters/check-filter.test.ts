/** An agent of an older or newer release refuses what checkFilter says it refuses; where it lets other flows through, that is named. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { checkFilter } from "./check-filter.ts";
import type { CiliumVersion } from "./criterion.ts";
import { filterSchema } from "./filter-schema.ts";
import type { Effect } from "./version-meaning.ts";

const row = z.object({
  id: z.string(),
  include: z.array(z.unknown()).optional(),
  exclude: z.array(z.unknown()).optional(),
  matches: z.array(z.string()).optional(),
  error: z.string().optional(),
});
const versionRow = z.object({
  file: z.string(),
  id: z.string(),
  version: z.string(),
  matches: z.array(z.string()).optional(),
  error: z.string().optional(),
});

const VERSIONS: readonly (readonly [string, CiliumVersion])[] = [
  ["1.15.3", "1.15"],
  ["1.16.6", "1.16"],
  ["1.17.0", "1.17"],
  ["1.18.5", "1.18"],
  ["1.19.4", "1.19"],
];

const cases = [...rows("filters.jsonl"), ...rows("cel.jsonl")].map((one) => row.parse(one));
const others = rows("versions.jsonl")
  .map((one) => versionRow.parse(one))
  .filter(({ file }) => file === "filters" || file === "cel");

describe.each(VERSIONS)("Cilium %s", (name, version) => {
  it("refuses what it is said to refuse, as a file or as an entry", () => {
    const wrong = cases.flatMap((one) => {
      const other = others.find(({ id, version: at }) => id === one.id && at === name);
      const parsed = filterSchema.safeParse({ include: one.include, exclude: one.exclude });
      const expected = (other ?? one).error?.split(":")[0] ?? "takes";
      if (!parsed.success) return expected === "parse" ? [] : [`${one.id}: ${expected}, and is not read`];
      const said = outcome(checkFilter(parsed.data, version).map(({ effect }) => effect));
      return said === expected ? [] : [`${one.id}: ${expected}, said ${said}`];
    });
    expect(wrong).toEqual([]);
  });

  it("is said to read otherwise what it reads otherwise", () => {
    const changed = others.filter(({ version: at, matches }) => at === name && matches !== undefined);
    const unsaid = changed.flatMap((other) => {
      const one = cases.find(({ id }) => id === other.id);
      if (one === undefined || one.error !== undefined) return [];
      const parsed = filterSchema.parse({ include: one.include, exclude: one.exclude });
      const effects = checkFilter(parsed, version).map(({ effect }) => effect);
      return effects.includes("changes-meaning") ? [] : [other.id];
    });
    expect(unsaid).toEqual([]);
  });
});

it("names the release that would help", () => {
  const filter = { include: [{ encrypted: [true], protocol: ["vrrp"] }], exclude: [{ cel_expression: ["true"] }] };
  expect(checkFilter(filter, "1.15").map(({ effect, since, list }) => [effect, since, list])).toEqual([
    ["refuses-file", "1.19", "include"],
    ["refuses-file", "1.16", "exclude"],
    ["refuses-entry", "1.19", "include"],
  ]);
  expect(checkFilter(filter, "1.19")).toEqual([]);
});

function outcome(effects: readonly Effect[]): string {
  if (effects.includes("refuses-file")) return "parse";
  return effects.includes("refuses-entry") ? "build" : "takes";
}

function rows(file: string): unknown[] {
  const text = readFileSync(new URL(`fixtures/cilium-1.17/${file}`, import.meta.url), "utf8");
  return text
    .trim()
    .split("\n")
    .map((line): unknown => JSON.parse(line));
}
