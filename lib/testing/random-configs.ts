/** Random exporter configurations for law tests: any name and path, any filter that an agent takes, masks and rotation. */
import fc from "fast-check";
import type { ExporterConfig, ExporterEntry } from "#lib/exporter/config.ts";
import { CRITERIA } from "#lib/filters/criteria.ts";
import { CRITERION_NAMES } from "#lib/filters/criterion-names.ts";
import { HOSTILE } from "./hostile-texts.ts";
import { randomClauseOf } from "./random-filters.ts";

const AGENT_CRITERIA = CRITERION_NAMES.filter((name) => CRITERIA[name].origin.kind === "cilium");
const clause = randomClauseOf(AGENT_CRITERIA);
/** Texts that YAML 1.1 takes for something else when they stand there bare. */
const MISREAD = [
  "on",
  "y",
  "No",
  "null",
  "~",
  "010",
  "0x1F",
  "1_000",
  "1e3",
  ".inf",
  "2024-01-01",
  "12:30:45",
  "- a",
  "a: b",
  "#",
  "a #b",
  "*",
  "&a",
  "!x",
  "%",
  "@",
  "<<",
  "=",
  "{}",
  "[]",
  '"',
  "'",
  " a ",
  "a\tb",
  "\u0085",
  "\u2028",
  "\ufeff",
  "---",
  "...",
  "|",
  ">",
];
const text = fc.oneof(fc.string({ minLength: 1, unit: "grapheme" }), fc.constantFrom(...MISREAD, ...HOSTILE.filter((one) => one !== "")));
const paths = fc.constantFrom("time", "uuid", "IP", "l4", "source.labels", "destination.pod_name", "verdict", "Summary", "on", "1e3");

const entry: fc.Arbitrary<ExporterEntry> = fc
  .record(
    {
      name: text,
      filePath: text,
      fieldMask: fc.array(paths, { maxLength: 4 }),
      includeFilters: fc.array(clause, { maxLength: 3 }),
      excludeFilters: fc.array(clause, { maxLength: 2 }),
      end: fc.constantFrom("2030-01-01T00:00:00Z", "2029-02-28T23:59:59.5+05:30"),
      fileMaxSizeMb: fc.integer({ min: 1, max: 1000 }),
      fileMaxBackups: fc.integer({ min: 1, max: 50 }),
      fileCompress: fc.constant(true),
      fieldAggregate: fc.array(paths, { minLength: 1, maxLength: 3 }),
      aggregationInterval: fc.constantFrom("30s", "1h15m", "0s"),
    },
    { requiredKeys: ["name", "filePath", "fieldMask", "includeFilters", "excludeFilters"] },
  )
  .filter(({ name, filePath }) => name.isWellFormed() && filePath.isWellFormed());

/** Names and paths are there once each, as agents want it. */
export const randomConfig: fc.Arbitrary<ExporterConfig> = fc
  .uniqueArray(entry, { maxLength: 4, selector: ({ name }) => name })
  .map((entries) => ({ entries: entries.filter(({ filePath }, at) => entries.findIndex((other) => other.filePath === filePath) === at) }));
