/** What is said of a filter under releases before 1.17: that they refuse it, or that they let other events through. */
import { z } from "zod";
import { checkFilter } from "#lib/filters/check-filter.ts";
import { parseFilter } from "#lib/filters/filter-schema.ts";
import { releaseOf, rowsOfVersions } from "./other-versions.ts";
import { readRows } from "./read-rows.ts";
import type { VectorKind, Verdict } from "./vector-kind.ts";

const lists = z.object({
  id: z.string(),
  include: z.array(z.unknown()).optional(),
  exclude: z.array(z.unknown()).optional(),
  error: z.string().optional(),
});
const versionRow = z.object({ file: z.string(), id: z.string(), version: z.string(), error: z.string().optional() });

export const checkVectors: VectorKind = {
  file: "versions.jsonl",
  run: (directory) =>
    ["filters", "cel"].flatMap((file) => {
      const cases = new Map(readRows(directory, `${file}.jsonl`, lists).map(({ row }) => [row.id, row]));
      return rowsOfVersions(directory, file, versionRow).flatMap((row): Verdict[] => {
        const one = cases.get(row.id);
        const version = releaseOf(row.version);
        if (one === undefined || (version !== "1.15" && version !== "1.16")) return [];
        const parsed = parseFilter({ include: one.include, exclude: one.exclude });
        const effects = parsed.filter ? checkFilter(parsed.filter, version).map(({ effect }) => effect) : ["refuses-file" as const];
        // What was refused and no longer is has no meaning of 1.17 to differ from.
        const expected = row.error === undefined ? (one.error === undefined ? "changes-meaning" : "takes") : classOf(row.error);
        const actual = expected === "changes-meaning" && effects.includes("changes-meaning") ? "changes-meaning" : said(effects);
        return [{ id: `${row.id} under ${row.version}`, expected, actual }];
      });
    }),
};

function classOf(error: string): string {
  return error.startsWith("parse") ? "refuses-file" : "refuses-entry";
}

function said(effects: readonly string[]): string {
  return ["refuses-file", "refuses-entry"].find((effect) => effects.includes(effect)) ?? "takes";
}
