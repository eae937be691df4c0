/** Filters and CEL expressions under releases after 1.17, where an agent of theirs does something else with them. */
import { z } from "zod";
import type { CiliumVersion } from "#lib/filters/criterion.ts";
import { actualOf, expectedOf, type FilterRow, filterRow } from "./filter-vectors.ts";
import { type Row, readRows } from "./read-rows.ts";
import { readEvents } from "./vector-events.ts";
import type { VectorKind, Verdict } from "./vector-kind.ts";

const FILE = "versions.jsonl";

/** Older agents give some filters another meaning; lib/exporter names which, and nothing here plays them. */
const VERSIONS: ReadonlyMap<string, CiliumVersion> = new Map([
  ["1.18.5", "1.18"],
  ["1.19.4", "1.19"],
]);
const versionRow = z.object({
  file: z.string(),
  id: z.string(),
  version: z.string(),
  matches: z.array(z.string()).optional(),
  error: z.string().optional(),
});

export const versionVectors: VectorKind = {
  file: FILE,
  run: (directory) => {
    const events = readEvents(directory);
    const cases = new Map<string, Row<FilterRow>>();
    for (const file of ["filters", "cel"]) {
      for (const one of readRows(directory, `${file}.jsonl`, filterRow)) cases.set(`${file} ${one.row.id}`, one);
    }
    return readRows(directory, FILE, versionRow).flatMap(({ row }): Verdict[] => {
      const version = VERSIONS.get(row.version);
      const one = cases.get(`${row.file} ${row.id}`);
      if (version === undefined || one === undefined) return [];
      return [{ id: `${row.id} under ${row.version}`, expected: expectedOf(row), actual: actualOf(one, version, events) }];
    });
  },
};
