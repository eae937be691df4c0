/** Filters and CEL expressions: which events an exporter of Cilium 1.17 writes, or how it refuses them. */
import { z } from "zod";
import { flowJsonOf } from "#lib/decode/flow-json.ts";
import { readAsAgent } from "#lib/filters/agent-filter.ts";
import { compileCel } from "#lib/filters/cel/cel-program.ts";
import { compileFilter } from "#lib/filters/compile-filter.ts";
import type { CiliumVersion } from "#lib/filters/criterion.ts";
import { readJson } from "#lib/filters/json-text.ts";
import { type Row, readRows } from "./read-rows.ts";
import { readEvents, type VectorEvent } from "./vector-events.ts";
import type { VectorKind } from "./vector-kind.ts";

const VERSION: CiliumVersion = "1.17";

export const filterRow = z.object({ id: z.string(), matches: z.array(z.string()).optional(), error: z.string().optional() });
export type FilterRow = z.infer<typeof filterRow>;

export const celVectors: VectorKind = { file: "cel.jsonl", run: (directory) => run(directory, "cel.jsonl") };
export const filterVectors: VectorKind = { file: "filters.jsonl", run: (directory) => run(directory, "filters.jsonl") };

function run(directory: string, file: string) {
  const events = readEvents(directory);
  return readRows(directory, file, filterRow).map((one) => {
    return { id: one.row.id, expected: expectedOf(one.row), actual: actualOf(one, VERSION, events) };
  });
}

/** The ids of the events that are written, or the class of the error. */
export function expectedOf({ error, matches = [] }: Pick<FilterRow, "error" | "matches">): string {
  return error?.split(":")[0] ?? matches.join(" ");
}

export function actualOf({ text }: Row<FilterRow>, version: CiliumVersion, events: readonly VectorEvent[]): string {
  const json = readJson(text);
  if (json.fault) return "parse";
  const read = readAsAgent(listsSchema.parse(json.value), version);
  if (read.problem) return read.problem.class;
  const compiled = compileFilter(read.filter, { compileCel, messageOf: flowJsonOf });
  if (compiled.problem) return compiled.problem.class;
  return events
    .filter((event) => event.matchedBy(compiled))
    .map(({ id }) => id)
    .join(" ");
}

const listsSchema = z.object({ include: z.unknown().optional(), exclude: z.unknown().optional() });
